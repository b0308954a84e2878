package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** URLs of virtual servers and servers, through a real Envoy. */
class EnvoyUrlTest extends UrlContract {
    EnvoyUrlTest() {
        super(Front.ENVOY);
    }
}
