package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Time limits of calls, with the built-in gateway. */
class EmbeddedCallTimeoutTest extends CallTimeoutContract {
    EmbeddedCallTimeoutTest() {
        super(Front.EMBEDDED);
    }
}
