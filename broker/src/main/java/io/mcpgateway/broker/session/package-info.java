/**
 * Gateway sessions: signed tokens, what they are bound to, and the port behind which server sessions are kept.
 * Functional core plus ports. Neighbours allowed: {@code mcp}, {@code contract}.
 */
@NullMarked
package io.mcpgateway.broker.session;

import org.jspecify.annotations.NullMarked;
