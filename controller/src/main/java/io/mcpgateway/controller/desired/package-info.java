/**
 * What every object that the controller keeps should look like, one class per object. Pure functions over fabric8's
 * model; no client, no clock, no randomness.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.desired;

import org.jspecify.annotations.NullMarked;
