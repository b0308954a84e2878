/**
 * What both processes share at run time: logging, the metrics port, and ending on a signal. Without MCP or Kubernetes.
 *
 * <p>Neighbours allowed: none.
 */
@NullMarked
package io.mcpgateway.runtime;

import org.jspecify.annotations.NullMarked;
