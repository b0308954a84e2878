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
    private static final Map<String, Boolean> READY = Map.of("ready", true);
    private static final Map<String, Boolean> NOT_READY = Map.of("ready", false);

    private final ApiRequests requests = new AcceptingRequests();

    @Test
    void theWatchedCopyIsOutdatedUntilItHasTheStatusThatWasWritten() {
        try (EventWriter events = new EventWriter(requests, Clock.systemUTC())) {
            StatusWriter statuses = new StatusWriter(requests, events);
            assertThat(settle(statuses, "a", "1", READY, READY)).isTrue();

            assertThat(settle(statuses, "a", "1", READY, NOT_READY)).isTrue();

            assertThat(settle(statuses, "a", "1", READY, READY))
                    .as("as it was before")
                    .isFalse();
            assertThat(settle(statuses, "b", "1", READY, READY))
                    .as("another object")
                    .isTrue();
            assertThat(settle(statuses, "a", "2", NOT_READY, NOT_READY)).isTrue();
        }
    }

    private static boolean settle(
            StatusWriter statuses, String uid, String version, Map<String, Boolean> before, Map<String, Boolean> now) {
        return statuses.settle(registration(uid, version), before, now, List::of);
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
