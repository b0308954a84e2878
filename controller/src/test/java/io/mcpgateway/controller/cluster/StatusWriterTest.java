package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is known of an object whose status was just written. */
class StatusWriterTest {
    private final ApiRequests requests = new AcceptingRequests();

    @Test
    void theWatchedCopyIsOutdatedUntilItHasTheStatusThatWasWritten() {
        try (EventWriter events = new EventWriter(requests, Clock.systemUTC())) {
            StatusWriter statuses = new StatusWriter(requests, events);
            assertThat(statuses.isOutdated(registration("a", "1"))).isFalse();

            assertThat(statuses.write(registration("a", "1"), Map.of("ready", false), List.of()))
                    .isTrue();

            assertThat(statuses.isOutdated(registration("a", "1"))).isTrue();
            assertThat(statuses.isOutdated(registration("b", "1")))
                    .as("another object")
                    .isFalse();
            assertThat(statuses.isOutdated(registration("a", "2"))).isFalse();
        }
    }

    private static MCPServerRegistration registration(String uid, String version) {
        MCPServerRegistration registration = new MCPServerRegistration();
        ObjectMeta metadata = new ObjectMeta();
        metadata.setName("server");
        metadata.setNamespace("team");
        metadata.setUid(uid);
        metadata.setResourceVersion(version);
        registration.setMetadata(metadata);
        return registration;
    }

    /** An API server that takes everything. */
    private static final class AcceptingRequests implements ApiRequests {
        @Override
        public <T extends HasMetadata> Optional<T> read(Class<T> type, ObjectKey key) {
            return Optional.empty();
        }

        @Override
        public <T extends HasMetadata> T create(T object) {
            return object;
        }

        @Override
        public <T extends HasMetadata> T replace(T object) {
            return object;
        }

        @Override
        public void delete(HasMetadata object) {}

        @Override
        public void patchStatus(HasMetadata object, String patch) {}
    }
}
