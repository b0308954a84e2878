/**
 * What a definition of a tool, prompt, resource or resource template must look like for every client to read it.
 * Functional core: no I/O, no clock, no logging. Neighbours allowed: {@code mcp}.
 */
@NullMarked
package io.mcpgateway.broker.definition;

import org.jspecify.annotations.NullMarked;
