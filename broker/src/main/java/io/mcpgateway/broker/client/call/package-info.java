/** One call that the broker makes for a client: sent once, and its answer read as it comes, byte for byte. */
@NullMarked
package io.mcpgateway.broker.client.call;

import org.jspecify.annotations.NullMarked;
