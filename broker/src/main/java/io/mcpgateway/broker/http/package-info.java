/** The HTTP server: exchanges, answers, and what a listener bounds. It knows nothing of MCP's methods. */
@NullMarked
package io.mcpgateway.broker.http;

import org.jspecify.annotations.NullMarked;
