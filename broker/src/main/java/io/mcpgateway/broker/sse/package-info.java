/**
 * Event streams (WHATWG HTML, "Server-sent events"): decoded, and changed while they pass. Functional core: no I/O, no
 * clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.sse;

import org.jspecify.annotations.NullMarked;
