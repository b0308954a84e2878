/**
 * Starting and stopping the programs of the demo and of the end-to-end tests: the broker as it was built, Envoy, sample
 * servers, foreign servers. Knows their command lines, none of their classes.
 */
@NullMarked
package io.mcpgateway.e2e.process;

import org.jspecify.annotations.NullMarked;
