package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Third-party servers, through the built-in gateway. */
class EmbeddedForeignTest extends ForeignServersContract {
    EmbeddedForeignTest() {
        super(Front.EMBEDDED);
    }
}
