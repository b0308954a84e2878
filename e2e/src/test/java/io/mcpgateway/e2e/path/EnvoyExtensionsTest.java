package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

class EnvoyExtensionsTest extends ExtensionsContract {
    EnvoyExtensionsTest() {
        super(Front.ENVOY);
    }
}
