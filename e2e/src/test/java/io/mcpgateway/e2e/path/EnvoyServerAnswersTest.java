package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Envoy does not have the call any more, so the client is asked to repeat it. */
class EnvoyServerAnswersTest extends ServerAnswersContract {
    EnvoyServerAnswersTest() {
        super(Front.ENVOY);
    }

    @Override
    boolean repeats() {
        return false;
    }
}
