/** Tests of how curves are shown, and that the documentation shows what was measured. */
@NullMarked
package io.mcpgateway.e2e.scale.picture;

import org.jspecify.annotations.NullMarked;
