/**
 * What our own objects refer to. Pure.
 *
 * <p>Neighbour: {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.references;

import org.jspecify.annotations.NullMarked;
