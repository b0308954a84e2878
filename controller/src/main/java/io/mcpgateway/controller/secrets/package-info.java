/**
 * What is read from the Secrets that users name in our objects, and what is wrong with those that cannot be used. Pure;
 * a value that was read is in no message and in no object's text.
 *
 * <p>Neighbour: {@code conditions}.
 */
@NullMarked
package io.mcpgateway.controller.secrets;

import org.jspecify.annotations.NullMarked;
