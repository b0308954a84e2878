/** Subscriptions of modern clients to resources of legacy servers. */
@NullMarked
package io.mcpgateway.broker.bridge.watching;

import org.jspecify.annotations.NullMarked;
