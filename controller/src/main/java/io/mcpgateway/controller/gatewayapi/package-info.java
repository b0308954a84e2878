/**
 * Rules of the Gateway API as functions of the objects: which listener, who may attach, which reference is granted.
 * Pure: fabric8 model classes in, values out.
 *
 * <p>Neighbours: none.
 */
@NullMarked
package io.mcpgateway.controller.gatewayapi;

import org.jspecify.annotations.NullMarked;
