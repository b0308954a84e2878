/** Logging in at a URL of a virtual server: official OAuth clients, a real Keycloak, and a real Envoy that checks tokens. */
@NullMarked
package io.mcpgateway.e2e.login;

import org.jspecify.annotations.NullMarked;
