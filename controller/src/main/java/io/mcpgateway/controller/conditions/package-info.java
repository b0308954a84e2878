/**
 * Status conditions: their types and reasons, how findings are merged into what an object already says, and which
 * changes deserve an Event. Pure.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.conditions;

import org.jspecify.annotations.NullMarked;
