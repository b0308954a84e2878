package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

class EnvoyModernCallsTest extends ModernCallsContract {
    EnvoyModernCallsTest() {
        super(Front.ENVOY);
    }
}
