/**
 * The one mutable cell of the process and the immutable snapshot in it.
 */
@NullMarked
package io.mcpgateway.broker.snapshot;

import org.jspecify.annotations.NullMarked;
