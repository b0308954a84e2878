package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Servers ask the client, through the embedded gateway. */
class EmbeddedServerRequestsTest extends ServerRequestsContract {
    EmbeddedServerRequestsTest() {
        super(Front.EMBEDDED);
    }
}
