package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Legacy clients on modern servers, through a real Envoy. */
class EnvoyBridgedCallsTest extends BridgedCallsContract {
    EnvoyBridgedCallsTest() {
        super(Front.ENVOY);
    }
}
