/**
 * The reconcilers: they read the cluster, ask the pure packages what follows, and write the difference. They decide
 * nothing themselves.
 *
 * <p>Neighbours: {@code brokers}, {@code cluster}, {@code conditions}, {@code desired}, {@code extension},
 * {@code fleet}, {@code gatewayapi}, {@code marks}, {@code references}, {@code registration}, {@code translation},
 * {@code virtualserver}.
 */
@NullMarked
package io.mcpgateway.controller.reconcile;

import org.jspecify.annotations.NullMarked;
