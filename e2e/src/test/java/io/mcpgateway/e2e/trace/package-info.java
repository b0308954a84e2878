/** What {@code make trace} counts. */
@NullMarked
package io.mcpgateway.e2e.trace;

import org.jspecify.annotations.NullMarked;
