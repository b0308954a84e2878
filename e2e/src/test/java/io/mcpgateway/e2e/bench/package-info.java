/** Tests of how the long measurements are judged. */
@NullMarked
package io.mcpgateway.e2e.bench;

import org.jspecify.annotations.NullMarked;
