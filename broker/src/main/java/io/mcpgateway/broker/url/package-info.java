/** What a URL chooses, from its host and path alone. Functional core. */
@NullMarked
package io.mcpgateway.broker.url;

import org.jspecify.annotations.NullMarked;
