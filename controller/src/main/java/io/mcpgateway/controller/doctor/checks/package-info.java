/**
 * What doctor concludes of each link of the chain. Pure: facts in, findings out.
 *
 * <p>Neighbours: {@code conditions}, {@code desired}, {@code doctor.facts}, {@code doctor.findings}, {@code
 * doctor.network}, {@code doctor.objects}, {@code drift}, {@code extension}, {@code fleet}, {@code gatewayapi},
 * {@code references}, {@code registration}, {@code translation}, {@code virtualserver}.
 */
@NullMarked
package io.mcpgateway.controller.doctor.checks;

import org.jspecify.annotations.NullMarked;
