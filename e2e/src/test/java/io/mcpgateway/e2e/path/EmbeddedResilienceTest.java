package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Backends and configuration that change, through the embedded gateway. */
class EmbeddedResilienceTest extends ResilienceContract {
    EmbeddedResilienceTest() {
        super(Front.EMBEDDED);
    }
}
