/** How the stranger's bench decides, and what its clients do first. */
@NullMarked
package io.mcpgateway.e2e.strangers;

import org.jspecify.annotations.NullMarked;
