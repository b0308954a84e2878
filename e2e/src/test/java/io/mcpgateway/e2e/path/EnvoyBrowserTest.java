package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Web pages as clients, through a real Envoy. */
class EnvoyBrowserTest extends BrowserContract {
    EnvoyBrowserTest() {
        super(Front.ENVOY);
    }
}
