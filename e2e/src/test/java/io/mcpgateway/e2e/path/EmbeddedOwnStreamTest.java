package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Messages of servers outside of calls, through the built-in gateway. */
class EmbeddedOwnStreamTest extends OwnStreamContract {
    EmbeddedOwnStreamTest() {
        super(Front.EMBEDDED);
    }
}
