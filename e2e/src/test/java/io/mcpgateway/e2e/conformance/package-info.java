/** Tests of how the conformance runs are judged and of the shim. */
@NullMarked
package io.mcpgateway.e2e.conformance;

import org.jspecify.annotations.NullMarked;
