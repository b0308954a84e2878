/**
 * Tasks of servers as clients see them (SEP-2663, {@code io.modelcontextprotocol/tasks}): their IDs name the server and
 * are sealed for the caller. Functional core: no I/O, no clock, no randomness.
 */
@NullMarked
package io.mcpgateway.broker.tasks;

import org.jspecify.annotations.NullMarked;
