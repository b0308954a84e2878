package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.process.ForeignTool;

/** The faults through a real Envoy and a real session store. */
class StoreChaosTest extends ChaosContract {
    StoreChaosTest() {
        super(ForeignTool.ENVOY, ForeignTool.REDIS);
    }
}
