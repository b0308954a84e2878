/**
 * Everything that talks to the API server: watched copies of the objects, who must look again when one changes, writes,
 * and Events. Decides nothing. Neighbours: {@code conditions}, {@code drift}, {@code gatewayapi}, {@code marks}.
 */
@NullMarked
package io.mcpgateway.controller.cluster;

import org.jspecify.annotations.NullMarked;
