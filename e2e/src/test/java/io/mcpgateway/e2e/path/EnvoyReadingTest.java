package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Clients with errors, through the built-in gateway. */
class EnvoyReadingTest extends ReadingContract {
    EnvoyReadingTest() {
        super(Front.ENVOY);
    }
}
