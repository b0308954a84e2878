package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Changing servers and configuration, through a real Envoy. */
class EnvoyResilienceTest extends ResilienceContract {
    EnvoyResilienceTest() {
        super(Front.ENVOY);
    }
}
