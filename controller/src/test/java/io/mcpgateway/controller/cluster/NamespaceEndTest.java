package io.mcpgateway.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespaceEndTest {
    @ParameterizedTest
    @CsvSource({
        "403, NamespaceTerminating, true",
        "403, OtherCause, false",
        "409, NamespaceTerminating, false",
    })
    void aRefusalIsJudgedByCodeAndCause(int code, String cause, boolean expected) {
        var status = new StatusBuilder()
                .withNewDetails()
                .addNewCause("namespace", "it is being terminated", cause)
                .endDetails()
                .build();

        assertThat(NamespaceEnd.isCauseOf(new KubernetesClientException("refused", code, status)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"403", "404"})
    void aRefusalWithoutDetailsIsNone(int code) {
        assertThat(NamespaceEnd.isCauseOf(new KubernetesClientException("refused", code, null)))
                .isFalse();
    }
}
