/** Planners over pairs of files: objects in, plans, configuration and statuses out. */
@NullMarked
package io.mcpgateway.controller.golden;

import org.jspecify.annotations.NullMarked;
