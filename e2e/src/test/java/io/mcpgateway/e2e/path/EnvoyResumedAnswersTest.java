package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Answers whose stream ends early, through a real Envoy. */
class EnvoyResumedAnswersTest extends ResumedAnswersContract {
    EnvoyResumedAnswersTest() {
        super(Front.ENVOY);
    }
}
