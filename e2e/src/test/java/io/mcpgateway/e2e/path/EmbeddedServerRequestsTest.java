package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Requests from servers to the client, through the built-in gateway. */
class EmbeddedServerRequestsTest extends ServerRequestsContract {
    EmbeddedServerRequestsTest() {
        super(Front.EMBEDDED);
    }
}
