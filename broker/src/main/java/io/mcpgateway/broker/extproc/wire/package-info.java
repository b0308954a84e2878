/**
 * Envoy's messages as bytes: read into what the router needs of them, and written without an object for each header.
 * What Envoy rarely sends is left to the generated classes.
 */
@NullMarked
package io.mcpgateway.broker.extproc.wire;

import org.jspecify.annotations.NullMarked;
