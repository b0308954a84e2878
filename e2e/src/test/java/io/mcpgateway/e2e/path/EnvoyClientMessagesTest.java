package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Messages of a client other than calls, through a real Envoy. */
class EnvoyClientMessagesTest extends ClientMessagesContract {
    EnvoyClientMessagesTest() {
        super(Front.ENVOY);
    }
}
