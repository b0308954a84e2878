package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

class EmbeddedTasksTest extends TasksContract {
    EmbeddedTasksTest() {
        super(Front.EMBEDDED);
    }
}
