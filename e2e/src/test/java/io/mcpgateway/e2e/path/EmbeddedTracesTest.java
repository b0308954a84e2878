package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Traces of a gateway without Envoy. */
class EmbeddedTracesTest extends TracesContract {
    EmbeddedTracesTest() {
        super(Front.EMBEDDED);
    }
}
