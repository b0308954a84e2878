/** How much may be in progress at a time, per session and per server, so one cannot take the place of others. */
@NullMarked
package io.mcpgateway.broker.limits;

import org.jspecify.annotations.NullMarked;
