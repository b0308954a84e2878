/** One call that the broker makes for a client: sent once, and its answer read as it comes, byte for byte, from as many streams as it takes. */
@NullMarked
package io.mcpgateway.broker.client.call;

import org.jspecify.annotations.NullMarked;
