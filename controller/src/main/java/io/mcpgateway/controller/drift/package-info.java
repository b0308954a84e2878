/**
 * What must change in a live object so that ours holds, and nothing else of it ({@link
 * io.mcpgateway.controller.drift.Drift}). Pure functions over trees.
 *
 * <p>Neighbour: {@code desired}.
 */
@NullMarked
package io.mcpgateway.controller.drift;

import org.jspecify.annotations.NullMarked;
