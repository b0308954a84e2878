/**
 * {@code doctor}: the command.
 *
 * <p>Neighbours: {@code cluster}, {@code commands}, {@code doctor.access}, {@code doctor.checks}, {@code
 * doctor.findings}, {@code doctor.reading}, {@code settings}.
 */
@NullMarked
package io.mcpgateway.controller.doctor;

import org.jspecify.annotations.NullMarked;
