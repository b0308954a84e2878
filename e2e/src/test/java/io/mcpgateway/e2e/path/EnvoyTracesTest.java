package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Traces of a gateway with a real Envoy. */
class EnvoyTracesTest extends TracesContract {
    EnvoyTracesTest() {
        super(Front.ENVOY);
    }
}
