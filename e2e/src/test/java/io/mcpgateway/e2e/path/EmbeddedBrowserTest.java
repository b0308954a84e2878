package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Web pages as clients, without Envoy. */
class EmbeddedBrowserTest extends BrowserContract {
    EmbeddedBrowserTest() {
        super(Front.EMBEDDED);
    }
}
