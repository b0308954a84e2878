/**
 * What doctor concludes, and how it is told. Pure.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.doctor.findings;

import org.jspecify.annotations.NullMarked;
