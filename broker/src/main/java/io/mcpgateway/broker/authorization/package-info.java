/**
 * What the authorization layer in front of the gateway says about a request, in headers that it signs.
 * Neighbours allowed: {@code catalog}, {@code mcp}, {@code settings}.
 */
@NullMarked
package io.mcpgateway.broker.authorization;

import org.jspecify.annotations.NullMarked;
