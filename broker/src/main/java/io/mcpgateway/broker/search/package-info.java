/**
 * Finds tools by words. Functional core.
 */
@NullMarked
package io.mcpgateway.broker.search;

import org.jspecify.annotations.NullMarked;
