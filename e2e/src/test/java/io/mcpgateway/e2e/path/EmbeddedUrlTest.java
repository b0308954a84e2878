package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** URLs of virtual servers and servers, through the built-in gateway. */
class EmbeddedUrlTest extends UrlContract {
    EmbeddedUrlTest() {
        super(Front.EMBEDDED);
    }
}
