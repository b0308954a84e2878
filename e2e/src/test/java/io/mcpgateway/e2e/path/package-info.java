/**
 * The complete path of a call, from client to server, with the broker as a separate process. Each contract runs twice:
 * through a real Envoy and through the built-in gateway; {@code Envoy*Test} also has what only Envoy can show.
 */
@NullMarked
package io.mcpgateway.e2e.path;

import org.jspecify.annotations.NullMarked;
