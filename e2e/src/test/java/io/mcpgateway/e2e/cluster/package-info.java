/** The control plane on the local bed: a real API server, istiod and Envoy. Run by {@code make e2e}. */
@NullMarked
package io.mcpgateway.e2e.cluster;

import org.jspecify.annotations.NullMarked;
