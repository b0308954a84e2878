package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** What a client says besides calls, through the embedded gateway. */
class EmbeddedClientMessagesTest extends ClientMessagesContract {
    EmbeddedClientMessagesTest() {
        super(Front.EMBEDDED);
    }
}
