/** Pinned tools, as users write and read them. */
@NullMarked
package io.mcpgateway.api.v1alpha1.pinning;

import org.jspecify.annotations.NullMarked;
