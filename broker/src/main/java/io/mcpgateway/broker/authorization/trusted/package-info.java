/** Reads what the authorization layer signed, and remembers what it has verified. */
@NullMarked
package io.mcpgateway.broker.authorization.trusted;

import org.jspecify.annotations.NullMarked;
