/**
 * Files for a standalone Envoy in front of this broker, made from config.yaml: what the controller's EnvoyFilter and
 * HTTPRoutes do in a cluster. Neighbours allowed: {@code settings}, {@code contract}, {@code api.envoy}.
 */
@NullMarked
package io.mcpgateway.broker.envoyconfig;

import org.jspecify.annotations.NullMarked;
