/**
 * What both processes do alike: logging, the metrics port, and ending on a signal. It knows neither MCP nor Kubernetes.
 *
 * <p>Neighbours allowed: none.
 */
@NullMarked
package io.mcpgateway.runtime;

import org.jspecify.annotations.NullMarked;
