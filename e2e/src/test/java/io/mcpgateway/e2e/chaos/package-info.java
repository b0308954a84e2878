/** The faults of {@code make chaos} that only take a few seconds, with fewer calls. */
@NullMarked
package io.mcpgateway.e2e.chaos;

import org.jspecify.annotations.NullMarked;
