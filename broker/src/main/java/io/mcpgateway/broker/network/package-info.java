/** How servers are reached: which addresses are allowed, whom TLS trusts, how failures are named and repeated. */
@NullMarked
package io.mcpgateway.broker.network;

import org.jspecify.annotations.NullMarked;
