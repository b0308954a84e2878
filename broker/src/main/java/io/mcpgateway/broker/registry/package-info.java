/** The read API of an MCP registry: the gateway's URLs, for clients that ask such a registry what they may use. */
@NullMarked
package io.mcpgateway.broker.registry;

import org.jspecify.annotations.NullMarked;
