/**
 * What is concluded of a call from its answer, from what brokers say, and from the lines of logs. Pure.
 *
 * <p>Neighbour: {@code doctor.facts}.
 */
@NullMarked
package io.mcpgateway.controller.trace.answers;

import org.jspecify.annotations.NullMarked;
