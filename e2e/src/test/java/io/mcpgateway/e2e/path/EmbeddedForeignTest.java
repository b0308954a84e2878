package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Servers that nobody here wrote, through the embedded gateway. */
class EmbeddedForeignTest extends ForeignServersContract {
    EmbeddedForeignTest() {
        super(Front.EMBEDDED);
    }
}
