/**
 * Talking to brokers: the configuration that is written for them, what each replica reports of it, and who has to look
 * again because of that. Decides nothing.
 *
 * <p>Neighbours: {@code cluster}, {@code desired}, {@code fleet}, {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.brokers;

import org.jspecify.annotations.NullMarked;
