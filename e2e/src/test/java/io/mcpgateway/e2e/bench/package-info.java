/** Tests of how long measurements are evaluated. */
@NullMarked
package io.mcpgateway.e2e.bench;

import org.jspecify.annotations.NullMarked;
