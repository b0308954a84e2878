/** Tests of how conformance runs are evaluated, and of the shim. */
@NullMarked
package io.mcpgateway.e2e.conformance;

import org.jspecify.annotations.NullMarked;
