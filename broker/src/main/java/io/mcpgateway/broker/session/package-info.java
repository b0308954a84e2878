/**
 * Gateway sessions: signed tokens, what they are bound to, and the port behind which server sessions are kept.
 * Functional core plus ports.
 */
@NullMarked
package io.mcpgateway.broker.session;

import org.jspecify.annotations.NullMarked;
