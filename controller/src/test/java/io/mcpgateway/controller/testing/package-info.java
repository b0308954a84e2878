/** What tests of the controller share. */
@NullMarked
package io.mcpgateway.controller.testing;

import org.jspecify.annotations.NullMarked;
