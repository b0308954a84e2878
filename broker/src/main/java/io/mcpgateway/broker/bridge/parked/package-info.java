/**
 * Calls of modern clients to legacy servers. A server that asks the client something goes on waiting, with its answer
 * open, while the client goes away and comes back with its responses: meanwhile the call is parked here.
 */
@NullMarked
package io.mcpgateway.broker.bridge.parked;

import org.jspecify.annotations.NullMarked;
