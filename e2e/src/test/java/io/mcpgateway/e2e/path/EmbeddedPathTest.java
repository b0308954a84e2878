package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** A client that does everything right, through the embedded gateway. */
class EmbeddedPathTest extends GatewayPathContract {
    EmbeddedPathTest() {
        super(Front.EMBEDDED);
    }
}
