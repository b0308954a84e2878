/** {@code make demo}: a gateway in front of two sample servers, or of the user's own, in one command. */
@NullMarked
package io.mcpgateway.e2e.demo;

import org.jspecify.annotations.NullMarked;
