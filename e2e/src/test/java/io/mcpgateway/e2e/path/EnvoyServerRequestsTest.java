package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Requests from servers to the client, through a real Envoy. */
class EnvoyServerRequestsTest extends ServerRequestsContract {
    EnvoyServerRequestsTest() {
        super(Front.ENVOY);
    }
}
