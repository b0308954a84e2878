package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Answers whose stream ends early, through the built-in gateway. */
class EmbeddedResumedAnswersTest extends ResumedAnswersContract {
    EmbeddedResumedAnswersTest() {
        super(Front.EMBEDDED);
    }
}
