/**
 * Ways to the API server, to Pods and to HTTP servers, with the user's rights and without waiting for long.
 *
 * <p>Neighbours: {@code cluster}, {@code doctor.checks}, {@code doctor.facts}, {@code gatewayapi}.
 */
@NullMarked
package io.mcpgateway.controller.doctor.access;

import org.jspecify.annotations.NullMarked;
