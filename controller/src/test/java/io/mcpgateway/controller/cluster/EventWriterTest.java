package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.mcpgateway.controller.conditions.EventNote;
import io.mcpgateway.controller.testing.InMemoryRequests;
import io.mcpgateway.controller.testing.TickingClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventWriterTest {
    private final InMemoryRequests requests = new InMemoryRequests();
    private final TickingClock clock = new TickingClock();
    private final EventWriter events = new EventWriter(requests, clock);
    private final HasMetadata object = new ServiceAccountBuilder()
            .withNewMetadata()
            .withNamespace("team")
            .withName("weather")
            .withUid("u-1")
            .endMetadata()
            .build();

    @BeforeEach
    void start() {
        events.start();
    }

    @AfterEach
    void end() {
        events.close();
    }

    @Test
    void anEventNamesItsObjectInItsNamespace() {
        events.record(object, List.of(EventNote.warning("NotReady", "why")));

        await().until(() -> count() == 1);
        Event event = requests.all(Event.class).getFirst();
        assertThat(event.getMetadata().getNamespace()).isEqualTo("team");
        assertThat(event.getInvolvedObject().getUid()).isEqualTo("u-1");
        assertThat(event.getType()).isEqualTo("Warning");
        assertThat(event.getReason()).isEqualTo("NotReady");
        assertThat(event.getMessage()).isEqualTo("why");
    }

    @Test
    void theSameAgainIsNotRepeatedForAWhile() {
        events.record(object, List.of(EventNote.warning("NotReady", "why")));
        events.record(object, List.of(EventNote.warning("NotReady", "why")));
        clock.advance(Duration.ofMinutes(11));
        events.record(object, List.of(EventNote.warning("NotReady", "why")));

        await().until(() -> count() == 2);
    }

    @Test
    void anObjectThatFlapsIsCutShort() {
        for (int turn = 0; turn < 50; turn++) {
            events.record(object, List.of(EventNote.warning("NotReady", "turn " + turn)));
        }
        clock.advance(Duration.ofMinutes(2));
        events.record(object, List.of(EventNote.warning("NotReady", "later")));

        await().untilAsserted(() -> assertThat(requests.all(Event.class))
                .hasSize(11)
                .anyMatch(event -> event.getMessage().equals("later")));
    }

    private int count() {
        return requests.all(Event.class).size();
    }
}
