package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Prompts, resources and completion, through the built-in gateway. */
class EmbeddedCapabilitiesTest extends CapabilitiesContract {
    EmbeddedCapabilitiesTest() {
        super(Front.EMBEDDED);
    }
}
