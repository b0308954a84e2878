package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Backends and configuration that change, through a real Envoy. */
class EnvoyResilienceTest extends ResilienceContract {
    EnvoyResilienceTest() {
        super(Front.ENVOY);
    }
}
