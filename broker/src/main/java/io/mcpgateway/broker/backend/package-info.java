/**
 * Backend sessions made on demand: one initialize through the gateway per (gateway session, server).
 */
@NullMarked
package io.mcpgateway.broker.backend;

import org.jspecify.annotations.NullMarked;
