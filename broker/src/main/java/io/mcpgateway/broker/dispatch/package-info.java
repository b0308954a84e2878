/**
 * The shell around the router that both adapters share: gathers facts (session, router token, table), asks the
 * router, obtains the server session where one is needed, performs effects.
 */
@NullMarked
package io.mcpgateway.broker.dispatch;

import org.jspecify.annotations.NullMarked;
