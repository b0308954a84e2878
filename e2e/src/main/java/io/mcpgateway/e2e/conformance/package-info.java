/** The protocol conformance suite, run directly against a server and through the gateway: {@code make conformance}. */
@NullMarked
package io.mcpgateway.e2e.conformance;

import org.jspecify.annotations.NullMarked;
