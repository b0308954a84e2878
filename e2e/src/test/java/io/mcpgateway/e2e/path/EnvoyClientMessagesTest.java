package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** What a client says besides calls, through a real Envoy. */
class EnvoyClientMessagesTest extends ClientMessagesContract {
    EnvoyClientMessagesTest() {
        super(Front.ENVOY);
    }
}
