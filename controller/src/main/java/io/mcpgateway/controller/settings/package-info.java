/**
 * Command line and environment of the controller, read once into one immutable record.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.settings;

import org.jspecify.annotations.NullMarked;
