/** The dependency rules of the controller. */
@NullMarked
package io.mcpgateway.controller.architecture;

import org.jspecify.annotations.NullMarked;
