package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.process.ForeignTool;

/** The faults through a real Envoy. */
class EnvoyChaosTest extends ChaosContract {
    EnvoyChaosTest() {
        super(ForeignTool.ENVOY);
    }
}
