package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A hidden tool and charsets, through the built-in gateway. */
class EmbeddedHiddenToolTest extends HiddenToolContract {
    EmbeddedHiddenToolTest() {
        super(Front.EMBEDDED);
    }
}
