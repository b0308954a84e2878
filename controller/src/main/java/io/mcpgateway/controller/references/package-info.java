/** What our own objects refer to. Pure. Neighbour: {@code gatewayapi}. */
@NullMarked
package io.mcpgateway.controller.references;

import org.jspecify.annotations.NullMarked;
