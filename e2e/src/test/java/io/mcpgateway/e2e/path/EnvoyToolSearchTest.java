package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Tool search through a real Envoy. */
class EnvoyToolSearchTest extends ToolSearchContract {
    EnvoyToolSearchTest() {
        super(Front.ENVOY);
    }
}
