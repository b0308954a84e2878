/** What operators ask: {@code /status}, its page, health and readiness. */
@NullMarked
package io.mcpgateway.broker.status;

import org.jspecify.annotations.NullMarked;
