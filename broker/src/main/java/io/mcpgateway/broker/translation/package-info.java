/**
 * Messages of one era as messages of the other: pure functions, with a golden file for each kind of message. What is
 * about one hop is made anew for the next; everything else stays byte for byte. Functional core: no I/O, no clock, no
 * logging.
 */
@NullMarked
package io.mcpgateway.broker.translation;

import org.jspecify.annotations.NullMarked;
