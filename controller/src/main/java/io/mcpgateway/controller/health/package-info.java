/**
 * Health of the controller process: /healthz and /readyz.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.health;

import org.jspecify.annotations.NullMarked;
