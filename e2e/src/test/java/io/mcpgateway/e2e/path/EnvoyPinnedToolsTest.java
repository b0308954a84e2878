package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A tool that changes, with a real Envoy. */
class EnvoyPinnedToolsTest extends PinnedToolsContract {
    EnvoyPinnedToolsTest() {
        super(Front.ENVOY);
    }
}
