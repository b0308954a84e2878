/**
 * Why something is not served, from what brokers report, in the words of statuses. Pure.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.reasons;

import org.jspecify.annotations.NullMarked;
