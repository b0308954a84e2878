package io.mcpgateway.controller.desired;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MappingIterator;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.mcpgateway.controller.drift.Drift;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects as a real API server gives them back, with everything that it fills in. */
class RecordedObjectsTest {
    @Test
    void whatTheApiServerFillsInIsNoDrift() throws IOException {
        List<HasMetadata> desired =
                DesiredObjectsTest.objects(Golden.read("everything", "in.yaml", DesiredInput.class));
        MappingIterator<HasMetadata> live =
                Golden.YAML.readerFor(HasMetadata.class).readValues(Golden.text("everything", "recorded.yaml"));

        for (HasMetadata object : desired) {
            if (object.getKind().equals("EnvoyFilter")) {
                // Not recorded: Istio's schema has no defaults, and the filters are tested where they are made.
                continue;
            }
            HasMetadata recorded = live.next();
            assertThat(recorded.getKind()).isEqualTo(object.getKind());
            assertThat(recorded.getMetadata().getResourceVersion()).isNotEmpty();
            assertThat(Drift.between(recorded, object)).as(object.getKind()).isEmpty();
        }
        assertThat(live.hasNext()).isFalse();
    }
}
