package io.mcpgateway.e2e.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassTest {
    @ParameterizedTest
    @EnumSource
    void labelNamesItsRun(Pass pass) {
        assertThat(Pass.ofLabel(" " + pass.label())).isEqualTo(pass);
    }

    @Test
    void labelOfNoRunIsRefused() {
        assertThatThrownBy(() -> Pass.ofLabel("sideways")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void runsHaveTheScenariosThatTheyCanJudge() {
        List<String> suite = List.of("ping", "tools-call-sampling");

        assertThat(Pass.GO_PREFIXED.among(suite)).isEqualTo(suite);
        assertThat(Pass.MODERN_PREFIXED.among(List.of("caching", "tasks-lifecycle")))
                .containsExactly("caching");
        assertThat(Pass.TASKS_BUILTIN.among(List.of("caching", "tasks-lifecycle", "tasks-status-notifications")))
                .containsExactly("tasks-lifecycle");
        assertThat(Pass.STREAM.among(suite)).containsExactly("tools-call-sampling");
        assertThat(Pass.CLIENT.among(suite)).containsExactly("initialize", "tools_call", "sse-retry");
    }

    @Test
    void namesAreOriginalAtUrlsOfTheirOwn() {
        assertThat(Pass.PREFIXED.visiblePrefix()).isEqualTo("conf_");
        assertThat(Pass.SERVER_URL.visiblePrefix()).isEmpty();
        assertThat(Pass.MODERN_VIRTUAL_URL.visiblePrefix()).isEmpty();
        assertThat(Pass.MODERN_VIRTUAL_URL.prefix()).isEqualTo("conf_");
    }
}
