/**
 * One client's connection as Helidon does not show it: whether the client is still there while its request is being
 * answered, and how long it takes to send one.
 */
@NullMarked
package io.mcpgateway.broker.http.connection;

import org.jspecify.annotations.NullMarked;
