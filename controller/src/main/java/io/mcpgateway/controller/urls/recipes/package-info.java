/**
 * What {@code urls} prints: the URLs that clients can use, and how each client is told about them.
 *
 * <p>Neighbour: {@code conditions}.
 */
@NullMarked
package io.mcpgateway.controller.urls.recipes;

import org.jspecify.annotations.NullMarked;
