package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Clients with errors, through the built-in gateway. */
class EmbeddedRefusalTest extends RefusalContract {
    EmbeddedRefusalTest() {
        super(Front.EMBEDDED);
    }
}
