/** Health of the controller process: /healthz and /readyz. */
@NullMarked
package io.mcpgateway.controller.health;

import org.jspecify.annotations.NullMarked;
