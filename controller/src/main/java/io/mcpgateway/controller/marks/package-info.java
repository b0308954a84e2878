/**
 * The marks that say in the status of a Gateway's listener, or of an HTTPRoute, that one of our objects uses it. Pure:
 * what the status is and should be; {@code cluster} writes the difference.
 *
 * <p>Neighbours: {@code conditions}, {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.marks;

import org.jspecify.annotations.NullMarked;
