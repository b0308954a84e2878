/** Command line and environment of the controller, read once into one immutable record. */
@NullMarked
package io.mcpgateway.controller.settings;

import org.jspecify.annotations.NullMarked;
