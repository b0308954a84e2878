package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Clients that do something wrong, through the embedded gateway. */
class EnvoyReadingTest extends ReadingContract {
    EnvoyReadingTest() {
        super(Front.ENVOY);
    }
}
