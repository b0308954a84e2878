/**
 * The reconcilers: they read the cluster, ask the pure packages what follows, and write the difference. No decision of
 * their own. Above all other packages but the root.
 */
@NullMarked
package io.mcpgateway.controller.reconcile;

import org.jspecify.annotations.NullMarked;
