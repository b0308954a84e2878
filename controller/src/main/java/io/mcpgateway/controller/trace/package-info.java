/**
 * The command {@code trace}: one call, with what the router decided about it, and how long each part took.
 *
 * <p>Neighbours: {@code cluster}, {@code commands}, {@code doctor.access}, {@code doctor.checks}, {@code doctor.facts},
 * {@code doctor.reading}, {@code settings}, {@code trace.answers}.
 */
@NullMarked
package io.mcpgateway.controller.trace;

import org.jspecify.annotations.NullMarked;
