/** The servers and clients of {@code make chaos}, without a gateway. */
@NullMarked
package io.mcpgateway.e2e.words;

import org.jspecify.annotations.NullMarked;
