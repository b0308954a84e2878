package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** What official clients read of odd definitions, through Envoy. */
class EnvoyOddDefinitionsTest extends OddDefinitionsContract {
    EnvoyOddDefinitionsTest() {
        super(Front.ENVOY);
    }
}
