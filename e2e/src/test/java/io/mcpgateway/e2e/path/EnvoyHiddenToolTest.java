package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A hidden tool and charsets, with a real Envoy. */
class EnvoyHiddenToolTest extends HiddenToolContract {
    EnvoyHiddenToolTest() {
        super(Front.ENVOY);
    }
}
