package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** The built-in gateway still has the call, so it sends it again itself. */
class EmbeddedServerAnswersTest extends ServerAnswersContract {
    EmbeddedServerAnswersTest() {
        super(Front.EMBEDDED);
    }

    @Override
    boolean repeats() {
        return true;
    }
}
