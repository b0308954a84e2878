/**
 * Sample MCP servers on the MCP Java SDK: what the demo shows, what the end-to-end tests call, and what users may
 * register to try a gateway. One program, {@link io.mcpgateway.e2e.servers.SampleServerMain}, many kinds.
 */
@NullMarked
package io.mcpgateway.e2e.servers;

import org.jspecify.annotations.NullMarked;
