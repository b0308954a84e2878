package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** What official clients read of odd definitions, through the built-in gateway. */
class EmbeddedOddDefinitionsTest extends OddDefinitionsContract {
    EmbeddedOddDefinitionsTest() {
        super(Front.EMBEDDED);
    }
}
