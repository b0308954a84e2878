/** {@code make demo}: a gateway in front of two sample servers or the user's own, with one command. */
@NullMarked
package io.mcpgateway.e2e.demo;

import org.jspecify.annotations.NullMarked;
