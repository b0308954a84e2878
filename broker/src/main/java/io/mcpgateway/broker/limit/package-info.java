/** What counts who is at it, so that no session and no server takes all there is. */
@NullMarked
package io.mcpgateway.broker.limit;

import org.jspecify.annotations.NullMarked;
