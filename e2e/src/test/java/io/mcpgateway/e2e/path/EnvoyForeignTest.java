package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Third-party servers, through a real Envoy. */
class EnvoyForeignTest extends ForeignServersContract {
    EnvoyForeignTest() {
        super(Front.ENVOY);
    }
}
