/** The controller's metrics endpoint. */
@NullMarked
package io.mcpgateway.controller.telemetry;

import org.jspecify.annotations.NullMarked;
