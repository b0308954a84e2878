/**
 * What the gateway serves and where it lives: tool definitions as raw JSON, the merge of all servers with its
 * conflicts, and the immutable tables that lists and calls read. Functional core.
 * Neighbours allowed: {@code mcp}, {@code definition}, {@code contract}.
 */
@NullMarked
package io.mcpgateway.broker.catalog;

import org.jspecify.annotations.NullMarked;
