package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Credentials on calls through the built-in gateway. */
class EmbeddedCredentialTest extends CredentialContract {
    EmbeddedCredentialTest() {
        super(Front.EMBEDDED);
    }
}
