package io.mcpgateway.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The chart makes the controller's rights from a copy of the file that kustomize uses. */
class ChartRoleTest {
    private static final Path ROOT = Path.of("..");

    @Test
    void theChartsCopyIsTheSame() {
        assertThat(ROOT.resolve("charts/mcp-gateway/files/role.yaml"))
                .as("out of date: cp config/rbac/role.yaml charts/mcp-gateway/files/")
                .hasSameTextualContentAs(ROOT.resolve("config/rbac/role.yaml"));
    }
}
