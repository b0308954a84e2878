package io.mcpgateway.controller.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.mcpgateway.controller.testing.ObjectYaml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenersTest {
    private static final String HTTP = "{name: http, port: 8080, protocol: HTTP, hostname: a.b}";
    private static final String HTTPS = "{name: https, port: 8443, protocol: HTTPS, hostname: '*.b'}";
    private static final String SECOND = "{name: second, port: 8080, protocol: HTTP}";
    private static final String TCP = "{name: tcp, port: 9000, protocol: TCP}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                HTTP + "," + HTTPS + " | http   | http",
                HTTP + "," + HTTPS + " | https  | https",
                HTTP + "," + HTTPS + " | ''     | http",
                HTTPS + "             | ''     | https",
                HTTPS + "," + TCP + "  | ''     | https",
                HTTP + "," + SECOND + " | second | second",
            })
    void theNamedOrOnlyListenerIsChosen(String listeners, String section, String name) {
        assertThat(Listeners.choose(gateway(listeners), section))
                .isInstanceOfSatisfying(
                        Listeners.Choice.Chosen.class,
                        chosen -> assertThat(chosen.listener().getName()).isEqualTo(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                HTTP + "             | nope | listener \"nope\" not found on gateway gw/g",
                HTTP + "             | nope | http: port 8080, host a.b",
                SECOND + "           | nope | second: port 8080, any host",
                HTTP + "," + TCP + "  | tcp  | has protocol TCP",
                HTTP + "," + SECOND + " | ''   | more than one on port 8080",
                HTTPS + ",{name: x; port: 81; protocol: HTTP} | '' | none on port 8080",
                TCP + "              | ''   | no HTTP or HTTPS listener",
                TCP + "              | nope | the gateway has no HTTP or HTTPS listener",
                "                    | nope | listener \"nope\" not found",
            })
    void otherwiseTheRejectionNamesTheListenersToChooseFrom(String listeners, String section, String message) {
        assertThat(Listeners.choose(gateway(listeners == null ? "" : listeners.replace(';', ',')), section))
                .isInstanceOfSatisfying(
                        Listeners.Choice.Rejected.class,
                        rejected -> assertThat(rejected.message())
                                .contains("listener")
                                .contains(message));
    }

    @Test
    void anAbsentNameIsLikeAnEmptyOne() {
        assertThat(Listeners.choose(gateway(HTTP), null)).isInstanceOf(Listeners.Choice.Chosen.class);
    }

    private static Gateway gateway(String listeners) {
        return ObjectYaml.read(
                Gateway.class, "metadata: {name: g, namespace: gw}\nspec: {listeners: [" + listeners + "]}");
    }
}
