/** The sessions of clients at servers: opened, used and ended by requests of the broker that go through the gateway's own listener, so that the policies on each server's route apply. */
@NullMarked
package io.mcpgateway.broker.hairpin;

import org.jspecify.annotations.NullMarked;
