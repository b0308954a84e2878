/**
 * JSON as bytes: read strictly or leniently, cut out, and changed in place without touching any other byte. Functional
 * core: no I/O, no clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.json;

import org.jspecify.annotations.NullMarked;
