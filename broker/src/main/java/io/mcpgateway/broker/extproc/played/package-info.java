/** The other end of the external processor, for the broker's own warm-up. */
@NullMarked
package io.mcpgateway.broker.extproc.played;

import org.jspecify.annotations.NullMarked;
