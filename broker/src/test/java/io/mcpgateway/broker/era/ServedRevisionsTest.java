package io.mcpgateway.broker.era;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServedRevisionsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                // configured | newest first | asked for | agreed on
                "''                    | 2026-07-28 2025-11-25 2025-06-18 2025-03-26 2024-11-05 | 2025-03-26 | 2025-03-26",
                "''                    | 2026-07-28 2025-11-25 2025-06-18 2025-03-26 2024-11-05 | 2026-07-28 | 2025-11-25",
                "''                    | 2026-07-28 2025-11-25 2025-06-18 2025-03-26 2024-11-05 | -          | 2025-11-25",
                "2025-03-26 2025-06-18 | 2025-06-18 2025-03-26                                  | 2025-11-25 | 2025-06-18",
                "2025-03-26 2025-06-18 | 2025-06-18 2025-03-26                                  | 2025-03-26 | 2025-03-26",
                "2026-07-28 2024-11-05 | 2026-07-28 2024-11-05                                  | 2025-11-25 | 2024-11-05",
                "2026-07-28            | 2026-07-28                                             | 2025-11-25 | -",
                "2026-07-28            | 2026-07-28                                             | 2026-07-28 | -",
                "2031-01-01            | ''                                                     | 2025-11-25 | -",
                "2031-01-01 2025-11-25 | 2025-11-25                                             | 2031-01-01 | 2025-11-25"
            })
    void aListLimitsWhatClientsMayUse(String configured, String served, String asked, String agreed) {
        ServedRevisions revisions = ServedRevisions.of(words(configured));

        assertThat(revisions.newestFirst()).isEqualTo(words(served));
        assertThat(revisions.negotiated(Optional.ofNullable(asked))).isEqualTo(Optional.ofNullable(agreed));
        assertThat(revisions.anyModern()).isEqualTo(served.contains("2026-07-28"));
    }

    @ParameterizedTest
    @CsvSource({
        "2025-11-25 2026-07-28, 2026-07-28, 2026-07-28",
        "2025-11-25, 2026-07-28, ''",
        "'', 2026-07-28, 2026-07-28",
        "2026-07-28, '', 2026-07-28"
    })
    void twoListsAllowWhatBothDo(String one, String other, String both) {
        assertThat(ServedRevisions.of(words(one))
                        .and(ServedRevisions.of(words(other)))
                        .newestFirst())
                .isEqualTo(words(both));
    }

    @Test
    void othersCannotBeServed() {
        assertThatThrownBy(() -> new ServedRevisions(List.of("2031-01-01"))).hasMessageContaining("2031-01-01");
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }
}
