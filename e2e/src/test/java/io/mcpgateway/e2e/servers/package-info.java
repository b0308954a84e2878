/** The sample and third-party servers, without a gateway. */
@NullMarked
package io.mcpgateway.e2e.servers;

import org.jspecify.annotations.NullMarked;
