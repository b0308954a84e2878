/**
 * {@code make jmh}: JMH benchmarks of the pure core, without network, gRPC and Envoy. {@code make test} runs each of them
 * once, so that they stay right; it measures nothing.
 */
@NullMarked
package io.mcpgateway.broker.jmh;

import org.jspecify.annotations.NullMarked;
