package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Credentials on calls through Envoy. */
class EnvoyCredentialTest extends CredentialContract {
    EnvoyCredentialTest() {
        super(Front.ENVOY);
    }
}
