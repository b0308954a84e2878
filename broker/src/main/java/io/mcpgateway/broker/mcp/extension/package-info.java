/**
 * Extensions of MCP as clients and servers declare them (MCP 2026-07-28, "Extension Negotiation"). Functional core: no
 * I/O, no clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.mcp.extension;

import org.jspecify.annotations.NullMarked;
