/**
 * Envoy's external processor: gRPC streams in, router decisions out. The only package that knows Envoy's types.
 */
@NullMarked
package io.mcpgateway.broker.extproc;

import org.jspecify.annotations.NullMarked;
