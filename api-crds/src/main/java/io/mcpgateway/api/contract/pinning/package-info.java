/** Pinned tools, as controller and broker agree on them. */
@NullMarked
package io.mcpgateway.api.contract.pinning;

import org.jspecify.annotations.NullMarked;
