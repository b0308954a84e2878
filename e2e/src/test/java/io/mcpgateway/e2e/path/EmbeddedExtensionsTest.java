package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

class EmbeddedExtensionsTest extends ExtensionsContract {
    EmbeddedExtensionsTest() {
        super(Front.EMBEDDED);
    }
}
