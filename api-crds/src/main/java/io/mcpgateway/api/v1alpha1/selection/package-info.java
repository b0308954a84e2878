/** What a virtual server selects, and what it says otherwise of it. */
@NullMarked
package io.mcpgateway.api.v1alpha1.selection;

import org.jspecify.annotations.NullMarked;
