/** Why something is not served, in the statuses of the custom resources. */
@NullMarked
package io.mcpgateway.api.v1alpha1.reason;

import org.jspecify.annotations.NullMarked;
