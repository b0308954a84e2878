/**
 * Which tools of a server have the definitions that somebody has approved, and what happens to those that have not.
 * Functional core: no I/O, no clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.pinning;

import org.jspecify.annotations.NullMarked;
