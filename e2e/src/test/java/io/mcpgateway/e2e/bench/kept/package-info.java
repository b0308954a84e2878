@NullMarked
package io.mcpgateway.e2e.bench.kept;

import org.jspecify.annotations.NullMarked;
