/**
 * The whole path of a call, client to backend, with the broker as a process of its own. Each contract runs twice: through
 * a real Envoy and through the embedded gateway; {@code Envoy*Test} says what only Envoy can show.
 */
@NullMarked
package io.mcpgateway.e2e.path;

import org.jspecify.annotations.NullMarked;
