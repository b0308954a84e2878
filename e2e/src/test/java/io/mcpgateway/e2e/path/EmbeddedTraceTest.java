package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Calls through the built-in gateway are traced. */
class EmbeddedTraceTest extends TraceContract {
    EmbeddedTraceTest() {
        super(Front.EMBEDDED);
    }
}
