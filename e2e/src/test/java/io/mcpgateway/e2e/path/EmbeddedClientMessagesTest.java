package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Messages of a client other than calls, through the built-in gateway. */
class EmbeddedClientMessagesTest extends ClientMessagesContract {
    EmbeddedClientMessagesTest() {
        super(Front.EMBEDDED);
    }
}
