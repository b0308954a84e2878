package io.mcpgateway.e2e.chaos;

/** The faults through the embedded gateway. */
class EmbeddedChaosTest extends ChaosContract {
    EmbeddedChaosTest() {
        super();
    }
}
