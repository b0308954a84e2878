/**
 * Sessions that the gateway keeps at legacy servers for modern clients, which have none themselves. A session is only
 * ever used for one caller with one set of capabilities; callers without a credential are one where the registration of
 * the server says so.
 */
@NullMarked
package io.mcpgateway.broker.bridge.pool;

import org.jspecify.annotations.NullMarked;
