/**
 * The broker's own traffic before it is ready, so that the JVM has compiled what calls need when the first ones come
 * (docs/adr/062). Servers, snapshot and clients are made up; the broker that they meet is a second one in this process.
 */
@NullMarked
package io.mcpgateway.broker.warmup;

import org.jspecify.annotations.NullMarked;
