/** Start, wiring and stop of the broker process; the only place that creates collaborators. */
@NullMarked
package io.mcpgateway.broker;

import org.jspecify.annotations.NullMarked;
