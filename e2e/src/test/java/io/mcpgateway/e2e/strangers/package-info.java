/** What the stranger's bench decides, without servers. */
@NullMarked
package io.mcpgateway.e2e.strangers;

import org.jspecify.annotations.NullMarked;
