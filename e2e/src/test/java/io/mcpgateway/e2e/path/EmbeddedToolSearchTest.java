package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Tool search through the built-in gateway. */
class EmbeddedToolSearchTest extends ToolSearchContract {
    EmbeddedToolSearchTest() {
        super(Front.EMBEDDED);
    }
}
