package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.mcpgateway.controller.marks.ConditionLists;
import io.mcpgateway.controller.testing.InMemoryRequests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ObjectWriterTest {
    private final InMemoryRequests requests = new InMemoryRequests();
    private final ObjectWriter writer = new ObjectWriter(requests);

    @Test
    void whatIsAbsentIsCreated() {
        writer.apply(null, account("a"));

        assertThat(only().getMetadata().getLabels()).containsEntry("is", "a");
    }

    @Test
    void whatFitsIsNotSentAgain() {
        ServiceAccount live = requests.put(account("a"));

        ServiceAccount result = writer.apply(live, account("a"));

        assertThat(result).isSameAs(live);
        assertThat(only().getMetadata().getResourceVersion()).isEqualTo("1");
    }

    @Test
    void aCopyThatDoesNotKnowTheObjectYetLeadsToACorrection() {
        ServiceAccount live = account("a");
        live.getMetadata().getLabels().put("theirs", "stays");
        requests.put(live);

        writer.apply(null, account("b"));

        assertThat(only().getMetadata().getLabels()).containsEntry("is", "b").containsEntry("theirs", "stays");
    }

    @Test
    void aCopyThatIsOldIsReadAgain() {
        ServiceAccount old = requests.put(account("a"));
        ServiceAccount copy = new ServiceAccountBuilder(old).build();
        ServiceAccount now = account("c");
        requests.put(now);

        writer.apply(copy, account("b"));

        assertThat(only().getMetadata().getLabels()).containsEntry("is", "b");
    }

    @Test
    void anObjectThatVanishedMeanwhileIsCreated() {
        ServiceAccount gone = requests.put(account("a"));
        requests.delete(gone);

        writer.apply(gone, account("b"));

        assertThat(only().getMetadata().getLabels()).containsEntry("is", "b");
    }

    @Test
    void contentThatWasMadeUpIsNotOverwritten() {
        requests.put(account("first"));

        writer.apply(null, account("second"), live -> live);

        assertThat(only().getMetadata().getLabels()).containsEntry("is", "first");
    }

    @Test
    void deletingWhatIsGoneIsNoFailure() {
        writer.delete(account("a"));

        assertThat(requests.all(ServiceAccount.class)).isEmpty();
    }

    @Test
    void aMarkIsPutAgainstTheNewestVersionAndTestsIt() {
        ServiceAccount old = new ServiceAccountBuilder(requests.put(account("a"))).build();
        requests.put(account("b"));

        writer.mark(old, _ -> Optional.of(lists()));

        assertThat(requests.patches())
                .singleElement()
                .asString()
                .contains(
                        "{\"op\":\"test\",\"path\":\"/metadata/resourceVersion\",\"value\":\"2\"}",
                        "{\"op\":\"add\",\"path\":\"/status/listeners/3/conditions\"");
    }

    @Test
    void aMarkOnAnObjectThatIsGoneIsNoFailure() {
        ServiceAccount gone = requests.put(account("a"));
        requests.delete(gone);

        writer.mark(gone, _ -> Optional.of(lists()));

        assertThat(requests.patches()).isEmpty();
    }

    @Test
    void otherRefusalsAreForTheCaller() {
        ApiRequests forbidding = new ForbiddingRequests();

        assertThatThrownBy(() -> new ObjectWriter(forbidding).apply(null, account("a")))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("forbidden");
    }

    private ServiceAccount only() {
        assertThat(requests.all(ServiceAccount.class)).hasSize(1);
        return requests.all(ServiceAccount.class).getFirst();
    }

    private static ConditionLists lists() {
        return new ConditionLists("listeners", new TreeMap<>(Map.of(3, List.<Condition>of())));
    }

    private static ServiceAccount account(String label) {
        return new ServiceAccountBuilder()
                .withNewMetadata()
                .withNamespace("ns")
                .withName("mcp-gateway")
                .addToLabels("is", label)
                .endMetadata()
                .build();
    }
}
