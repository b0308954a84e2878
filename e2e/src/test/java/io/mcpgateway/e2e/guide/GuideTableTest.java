package io.mcpgateway.e2e.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** None of the guide's commands and claims is left out, and each one checks something. */
class GuideTableTest {
    private final GuideTable table = GuideTable.read();

    @Test
    void everyCommandAndClaimIsThereOnceInOrder() {
        List<String> all = new ArrayList<>();
        for (int command = 1; command <= 93; command++) {
            all.add(String.format(Locale.ROOT, "S%02d", command));
        }
        for (int claim = 1; claim <= 10; claim++) {
            all.add("P" + claim);
        }

        assertThat(table.checks().stream().map(Check::id)).containsExactlyElementsOf(all);
    }

    @Test
    void whatIsNotRunHasAReason() {
        assertThat(table.checks())
                .allSatisfy(check -> assertThat(check.reason().isEmpty())
                        .as("%s: healthy, broken and no reason, or one of them missing and a reason", check.id())
                        .isEqualTo(check.healthy().isPresent() && check.broken().isPresent()));
    }

    @Test
    void everyCheckSaysWhatItIsForAndWhatMustBeSeen() {
        assertThat(table.checks()).allSatisfy(check -> {
            assertThat(check.about()).as(check.id()).isNotEmpty();
            assertThat(check.command()).as(check.id()).isNotEmpty();
            check.healthy()
                    .ifPresent(expected -> assertThat(expected.saysSomething())
                            .as("%s healthy", check.id())
                            .isTrue());
            check.broken()
                    .ifPresent(broken -> assertThat(broken.expected().saysSomething())
                            .as("%s broken", check.id())
                            .isTrue());
        });
    }

    @Test
    void everyFailureIsASceneAndEverySceneIsUsed() {
        List<String> scenes = table.scenes().stream().map(Scene::name).toList();

        assertThat(scenes).doesNotHaveDuplicates().startsWith(GuideTable.HEALTHY);
        assertThat(table.checks().stream()
                        .flatMap(check -> check.broken().stream())
                        .map(Check.Broken::scene)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(scenes.stream()
                        .filter(name -> !name.equals(GuideTable.HEALTHY))
                        .toList());
    }
}
