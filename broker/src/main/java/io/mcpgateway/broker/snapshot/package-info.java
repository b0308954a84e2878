/**
 * The one mutable cell of the process and the immutable snapshot in it.
 * Neighbours allowed: {@code catalog}, {@code contract}.
 */
@NullMarked
package io.mcpgateway.broker.snapshot;

import org.jspecify.annotations.NullMarked;
