package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Calls through a real Envoy are traced. */
class EnvoyTraceTest extends TraceContract {
    EnvoyTraceTest() {
        super(Front.ENVOY);
    }
}
