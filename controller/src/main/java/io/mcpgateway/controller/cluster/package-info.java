/**
 * Everything that talks to the API server or to brokers: watched copies of the objects, writes, Events, and what each
 * broker replica reports. Decides nothing. Neighbours: {@code gatewayapi}, {@code conditions}, {@code fleet},
 * {@code desired}.
 */
@NullMarked
package io.mcpgateway.controller.cluster;

import org.jspecify.annotations.NullMarked;
