/** What the programs that we start have in common. */
@NullMarked
package io.mcpgateway.e2e.process;

import org.jspecify.annotations.NullMarked;
