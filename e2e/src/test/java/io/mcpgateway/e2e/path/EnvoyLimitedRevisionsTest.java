package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Limited revisions, with Envoy. */
class EnvoyLimitedRevisionsTest extends LimitedRevisionsContract {
    EnvoyLimitedRevisionsTest() {
        super(Front.ENVOY);
    }
}
