/**
 * Reads what doctor looks at, with the user's rights. Decides nothing.
 *
 * <p>Neighbours: {@code cluster}, {@code doctor.access}, {@code doctor.checks}, {@code doctor.facts}, {@code
 * doctor.objects}, {@code gatewayapi}, {@code references}.
 */
@NullMarked
package io.mcpgateway.controller.doctor.reading;

import org.jspecify.annotations.NullMarked;
