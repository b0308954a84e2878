/**
 * What the gateway serves and where it lives: the merge of all servers with its conflicts, and the immutable tables that
 * lists and calls read. Functional core.
 */
@NullMarked
package io.mcpgateway.broker.catalog;

import org.jspecify.annotations.NullMarked;
