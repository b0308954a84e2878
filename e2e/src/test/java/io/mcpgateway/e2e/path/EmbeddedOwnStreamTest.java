package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** What servers say outside of calls, through the embedded gateway. */
class EmbeddedOwnStreamTest extends OwnStreamContract {
    EmbeddedOwnStreamTest() {
        super(Front.EMBEDDED);
    }
}
