/**
 * {@code convert}: objects of the Go project to ours. Pure but for the command that reads and writes.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.migration;

import org.jspecify.annotations.NullMarked;
