/**
 * What a definition of a tool, prompt, resource or resource template must look like so that every client can read it.
 * Functional core: no I/O, no clock, no logging.
 */
@NullMarked
package io.mcpgateway.broker.definition;

import org.jspecify.annotations.NullMarked;
