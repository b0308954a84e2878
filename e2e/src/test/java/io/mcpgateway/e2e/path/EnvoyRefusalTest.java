package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Clients that do something wrong, through a real Envoy. */
class EnvoyRefusalTest extends RefusalContract {
    EnvoyRefusalTest() {
        super(Front.ENVOY);
    }
}
