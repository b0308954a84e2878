/**
 * Everything that talks to the API server: watched copies of the objects, who must look again when one changes, writes,
 * and Events. Decides nothing.
 *
 * <p>Neighbours: {@code conditions}, {@code drift}, {@code gatewayapi}, {@code marks}, {@code references},
 * {@code secrets}.
 */
@NullMarked
package io.mcpgateway.controller.cluster;

import org.jspecify.annotations.NullMarked;
