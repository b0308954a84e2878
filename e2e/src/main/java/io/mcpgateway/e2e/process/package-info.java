/**
 * Starts and stops the programs of the demo and the end-to-end tests: the built broker, Envoy, sample servers and
 * third-party servers. Knows their command lines, but none of their classes.
 */
@NullMarked
package io.mcpgateway.e2e.process;

import org.jspecify.annotations.NullMarked;
