/**
 * The HTTP side of the broker: /mcp, /status, health and OAuth metadata.
 */
@NullMarked
package io.mcpgateway.broker.endpoint;

import org.jspecify.annotations.NullMarked;
