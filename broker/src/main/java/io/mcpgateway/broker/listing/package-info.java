/** What one server lists: read item by item, kept byte for byte, and judged. Functional core. */
@NullMarked
package io.mcpgateway.broker.listing;

import org.jspecify.annotations.NullMarked;
