/** Runs of the benchmark that are kept in the repository, and the table that they make together. */
@NullMarked
package io.mcpgateway.e2e.bench.kept;

import org.jspecify.annotations.NullMarked;
