/**
 * Discovery: one virtual-thread loop per MCP server that connects, lists, watches and pings.
 */
@NullMarked
package io.mcpgateway.broker.upstream;

import org.jspecify.annotations.NullMarked;
