/**
 * {@code make chaos}: things break during calls, and every response is checked. Each call has a unique word, so a
 * response that belongs to another call is noticed. {@code make test} runs the same faults with fewer calls.
 */
@NullMarked
package io.mcpgateway.e2e.chaos;

import org.jspecify.annotations.NullMarked;
