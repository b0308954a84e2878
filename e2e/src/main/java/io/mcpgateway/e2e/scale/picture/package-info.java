/** What was measured, and how it is shown: curves as pictures, tables and words. Knows no processes. */
@NullMarked
package io.mcpgateway.e2e.scale.picture;

import org.jspecify.annotations.NullMarked;
