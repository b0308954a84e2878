package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

class EmbeddedModernCallsTest extends ModernCallsContract {
    EmbeddedModernCallsTest() {
        super(Front.EMBEDDED);
    }
}
