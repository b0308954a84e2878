/** The stranger's bench: official clients against official servers, directly and through the gateway. */
@NullMarked
package io.mcpgateway.e2e.strangers;

import org.jspecify.annotations.NullMarked;
