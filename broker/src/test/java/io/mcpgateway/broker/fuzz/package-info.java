/**
 * What strangers can send, thrown at the code that reads it. Each target takes bytes and fails if a promise is broken.
 * {@code make test} gives each a few thousand mutations of its seeds, always the same; {@code make fuzz} lets Jazzer search
 * with the coverage of our classes as its guide (docs/adr/008-fuzzing.md).
 */
@NullMarked
package io.mcpgateway.broker.fuzz;

import org.jspecify.annotations.NullMarked;
