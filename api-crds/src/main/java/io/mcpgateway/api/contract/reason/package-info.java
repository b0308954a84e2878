/** Why something is not served, in codes that programs can compare, and where a call would go. */
@NullMarked
package io.mcpgateway.api.contract.reason;

import org.jspecify.annotations.NullMarked;
