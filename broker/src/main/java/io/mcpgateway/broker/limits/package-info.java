/** How much may be under way at a time, of one session and to one server, so that one cannot take the room of others. */
@NullMarked
package io.mcpgateway.broker.limits;

import org.jspecify.annotations.NullMarked;
