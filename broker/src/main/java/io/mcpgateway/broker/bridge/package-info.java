/**
 * Calls between the eras: the broker makes them in the client's place, through the gateway's own listener, asks the client
 * what the server wants to know, and gives the answer as the client's era has it.
 */
@NullMarked
package io.mcpgateway.broker.bridge;

import org.jspecify.annotations.NullMarked;
