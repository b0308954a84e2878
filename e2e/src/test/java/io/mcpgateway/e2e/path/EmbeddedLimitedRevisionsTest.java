package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Limited revisions, with the built-in gateway. */
class EmbeddedLimitedRevisionsTest extends LimitedRevisionsContract {
    EmbeddedLimitedRevisionsTest() {
        super(Front.EMBEDDED);
    }
}
