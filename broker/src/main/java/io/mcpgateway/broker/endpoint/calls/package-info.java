/** The port behind which the broker makes calls in the place of clients. */
@NullMarked
package io.mcpgateway.broker.endpoint.calls;

import org.jspecify.annotations.NullMarked;
