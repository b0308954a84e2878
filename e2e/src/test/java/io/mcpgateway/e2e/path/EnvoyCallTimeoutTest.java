package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** The limits of calls, as Envoy keeps them, told by the router. */
class EnvoyCallTimeoutTest extends CallTimeoutContract {
    EnvoyCallTimeoutTest() {
        super(Front.ENVOY);
    }
}
