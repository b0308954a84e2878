/**
 * Discovery: one virtual-thread loop per MCP server that connects, lists, watches and pings. {@code UpstreamState} and
 * {@code UpstreamStep} decide and are pure; {@code UpstreamLoop} acts.
 * Neighbours allowed: {@code client}, {@code catalog}, {@code mcp}, {@code snapshot}, {@code telemetry}, {@code contract}.
 */
@NullMarked
package io.mcpgateway.broker.upstream;

import org.jspecify.annotations.NullMarked;
