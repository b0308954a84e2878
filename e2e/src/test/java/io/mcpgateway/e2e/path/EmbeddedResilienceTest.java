package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Changing servers and configuration, through the built-in gateway. */
class EmbeddedResilienceTest extends ResilienceContract {
    EmbeddedResilienceTest() {
        super(Front.EMBEDDED);
    }
}
