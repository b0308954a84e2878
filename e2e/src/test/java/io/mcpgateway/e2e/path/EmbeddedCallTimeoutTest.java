package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** The limits of calls, as the embedded gateway keeps them. */
class EmbeddedCallTimeoutTest extends CallTimeoutContract {
    EmbeddedCallTimeoutTest() {
        super(Front.EMBEDDED);
    }
}
