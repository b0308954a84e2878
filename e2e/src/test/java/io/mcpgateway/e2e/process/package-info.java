/** What all started programs have in common. */
@NullMarked
package io.mcpgateway.e2e.process;

import org.jspecify.annotations.NullMarked;
