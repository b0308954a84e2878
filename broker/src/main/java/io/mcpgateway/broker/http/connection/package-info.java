/**
 * One client's connection as Helidon does not show it: whether the client is still there while its request is being
 * answered, and how long it takes to send one. Neighbours allowed: none; only {@code endpoint} uses it.
 */
@NullMarked
package io.mcpgateway.broker.http.connection;

import org.jspecify.annotations.NullMarked;
