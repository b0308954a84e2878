package io.mcpgateway.e2e.chaos;

/** The faults through the built-in gateway. */
class EmbeddedChaosTest extends ChaosContract {
    EmbeddedChaosTest() {
        super();
    }
}
