/** What the demo prints, and the demo as a process. */
@NullMarked
package io.mcpgateway.e2e.demo;

import org.jspecify.annotations.NullMarked;
