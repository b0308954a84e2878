/**
 * {@code make chaos}: things break while clients call, and every answer is judged. Each call carries a word of its own,
 * so that an answer meant for another call is noticed. The same faults run, with fewer calls, in {@code make test}.
 */
@NullMarked
package io.mcpgateway.e2e.chaos;

import org.jspecify.annotations.NullMarked;
