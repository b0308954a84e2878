/**
 * Sample MCP servers on the MCP Java SDK for the demo, the end-to-end tests, and users who want to try a gateway. One
 * program, {@link io.mcpgateway.e2e.servers.SampleServerMain}, with many kinds.
 */
@NullMarked
package io.mcpgateway.e2e.servers;

import org.jspecify.annotations.NullMarked;
