package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Clients with errors, through a real Envoy. */
class EnvoyRefusalTest extends RefusalContract {
    EnvoyRefusalTest() {
        super(Front.ENVOY);
    }
}
