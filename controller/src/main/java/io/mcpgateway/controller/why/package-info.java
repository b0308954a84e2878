/**
 * {@code why}: the command.
 *
 * <p>Neighbours: {@code cluster}, {@code commands}, {@code conditions}, {@code doctor.facts}, {@code doctor.reading},
 * {@code settings}, {@code why.answers}.
 */
@NullMarked
package io.mcpgateway.controller.why;

import org.jspecify.annotations.NullMarked;
