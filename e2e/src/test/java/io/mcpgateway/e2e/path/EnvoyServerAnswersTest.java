package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Envoy no longer has the call, so the client is asked to repeat it. */
class EnvoyServerAnswersTest extends ServerAnswersContract {
    EnvoyServerAnswersTest() {
        super(Front.ENVOY);
    }

    @Override
    boolean repeats() {
        return false;
    }
}
