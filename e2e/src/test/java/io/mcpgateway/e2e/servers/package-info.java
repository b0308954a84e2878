/** The sample and foreign servers on their own, without a gateway. */
@NullMarked
package io.mcpgateway.e2e.servers;

import org.jspecify.annotations.NullMarked;
