/** What the authorization layer in front of the gateway lets a request see and use. Functional core. */
@NullMarked
package io.mcpgateway.broker.authorization;

import org.jspecify.annotations.NullMarked;
