/** What each server offers, found out by one loop per server: connect, list, watch, check, and try again. */
@NullMarked
package io.mcpgateway.broker.discovery;

import org.jspecify.annotations.NullMarked;
