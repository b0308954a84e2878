package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Messages of servers outside of calls, through a real Envoy. */
class EnvoyOwnStreamTest extends OwnStreamContract {
    EnvoyOwnStreamTest() {
        super(Front.ENVOY);
    }
}
