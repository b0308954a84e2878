package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

class EnvoyTasksTest extends TasksContract {
    EnvoyTasksTest() {
        super(Front.ENVOY);
    }
}
