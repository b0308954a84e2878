/** The OAuth metadata by which clients find where to log in (RFC 9728). */
@NullMarked
package io.mcpgateway.broker.oauth;

import org.jspecify.annotations.NullMarked;
