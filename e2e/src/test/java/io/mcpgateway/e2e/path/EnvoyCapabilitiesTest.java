package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Prompts, resources and completion, through a real Envoy. */
class EnvoyCapabilitiesTest extends CapabilitiesContract {
    EnvoyCapabilitiesTest() {
        super(Front.ENVOY);
    }
}
