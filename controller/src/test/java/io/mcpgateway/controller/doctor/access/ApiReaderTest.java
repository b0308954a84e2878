package io.mcpgateway.controller.doctor.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServiceListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.mcpgateway.controller.doctor.facts.ClusterView.Listing;
import io.mcpgateway.controller.doctor.facts.Gap;
import io.mcpgateway.controller.doctor.facts.Part;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against fabric8's API server, with answers that a real one gives to a user with few rights. */
class ApiReaderTest {
    private final KubernetesMockServer server = started();
    private final KubernetesClient client = server.createClient();

    @AfterEach
    void stop() {
        client.close();
        server.destroy();
    }

    @Test
    void whatIsForbiddenInTheClusterIsReadInANamespace() {
        forbidden("/api/v1/services");
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/team/services")
                .andReturn(
                        200,
                        new ServiceListBuilder()
                                .withItems(new ServiceBuilder()
                                        .withNewMetadata()
                                        .withName("a")
                                        .withNamespace("team")
                                        .endMetadata()
                                        .build())
                                .build())
                .once();

        Listing listing = new ApiReader(client).list(Service.class, "", Set.of("team"));

        assertThat(listing.items()).hasSize(1);
        assertThat(listing.everywhere()).isFalse();
        assertThat(listing.namespaces()).containsExactly("team");
        assertThat(listing.gap()).hasValueSatisfying(gap -> {
            assertThat(gap.what()).isEqualTo("services outside of team");
            assertThat(gap.right()).contains(new Gap.Right("list", "", "services", ""));
        });
    }

    @Test
    void aForbiddenSecretIsAGap() {
        forbidden("/api/v1/namespaces/team/secrets/token");

        assertThat(new ApiReader(client).secret(new ObjectKey("team", "token")).missing())
                .hasValueSatisfying(
                        gap -> assertThat(gap.right()).contains(new Gap.Right("get", "", "secrets", "team")));
    }

    @Test
    void aMissingSecretIsAnAnswer() {
        Part<Optional<Secret>> absent = new ApiReader(client).secret(new ObjectKey("team", "nothing"));

        assertThat(absent).isEqualTo(Part.of(Optional.empty()));
    }

    private static KubernetesMockServer started() {
        KubernetesMockServer server = new KubernetesMockServer(false);
        server.init();
        return server;
    }

    private void forbidden(String path) {
        server.expect()
                .get()
                .withPath(path)
                .andReturn(
                        403,
                        new StatusBuilder()
                                .withStatus("Failure")
                                .withReason("Forbidden")
                                .withCode(403)
                                .withMessage("forbidden")
                                .build())
                .always();
    }
}
