package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A correct client, through a real Envoy. */
class EnvoyPathTest extends GatewayPathContract {
    EnvoyPathTest() {
        super(Front.ENVOY);
    }
}
