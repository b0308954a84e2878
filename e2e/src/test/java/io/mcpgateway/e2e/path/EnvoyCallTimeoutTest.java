package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Time limits of calls, with Envoy, reported by the router. */
class EnvoyCallTimeoutTest extends CallTimeoutContract {
    EnvoyCallTimeoutTest() {
        super(Front.ENVOY);
    }
}
