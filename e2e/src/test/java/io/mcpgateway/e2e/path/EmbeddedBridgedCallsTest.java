package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Legacy clients on modern servers, through the built-in gateway. */
class EmbeddedBridgedCallsTest extends BridgedCallsContract {
    EmbeddedBridgedCallsTest() {
        super(Front.EMBEDDED);
    }
}
