/** What the broker tells clients of every revision: who it is, what it can do, and its lists. */
@NullMarked
package io.mcpgateway.broker.endpoint.answers;

import org.jspecify.annotations.NullMarked;
