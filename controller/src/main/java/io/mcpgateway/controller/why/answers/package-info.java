/**
 * {@code why}: what brokers answer, as it is told to people and programs. Pure.
 *
 * <p>Neighbour: {@code doctor.facts}.
 */
@NullMarked
package io.mcpgateway.controller.why.answers;

import org.jspecify.annotations.NullMarked;
