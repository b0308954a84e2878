package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A correct client, through the built-in gateway. */
class EmbeddedPathTest extends GatewayPathContract {
    EmbeddedPathTest() {
        super(Front.EMBEDDED);
    }
}
