/**
 * Files for a standalone Envoy in front of this broker, made from config.yaml: what the controller's EnvoyFilter and
 * HTTPRoutes do in a cluster.
 */
@NullMarked
package io.mcpgateway.broker.envoyconfig;

import org.jspecify.annotations.NullMarked;
