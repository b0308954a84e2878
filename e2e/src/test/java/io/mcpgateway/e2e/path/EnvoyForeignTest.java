package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Servers that nobody here wrote, through a real Envoy. */
class EnvoyForeignTest extends ForeignServersContract {
    EnvoyForeignTest() {
        super(Front.ENVOY);
    }
}
