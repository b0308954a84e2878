package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A tool that changes, through the built-in gateway. */
class EmbeddedPinnedToolsTest extends PinnedToolsContract {
    EmbeddedPinnedToolsTest() {
        super(Front.EMBEDDED);
    }
}
