/**
 * What the gateway refuses and in which words: the same ones, whether the router or the broker says them. Functional
 * core, below both.
 */
@NullMarked
package io.mcpgateway.broker.refusal;

import org.jspecify.annotations.NullMarked;
