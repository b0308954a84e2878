/** MCP's methods that the broker answers itself, and the streams of clients. */
@NullMarked
package io.mcpgateway.broker.endpoint;

import org.jspecify.annotations.NullMarked;
