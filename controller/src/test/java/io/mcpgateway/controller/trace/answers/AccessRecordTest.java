package io.mcpgateway.controller.trace.answers;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.controller.doctor.facts.LogLine;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRecordTest {
    private static final String ID = "0a1b";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2026-12-01T02:00:00.000Z] \"POST /mcp HTTP/2\" 503 UF,URX upstream_reset - \"delayed \\\"connect\\\" error\" 12 95 3 -"
                        + " \"10.0.0.9\" \"client/1\" \"0a1b\" \"mcp.example.com\" \"10.244.0.8:8080\" inbound - - - - -",
                "{\"request_id\":\"0a1b\",\"response_code\":503,\"response_flags\":\"UF,URX\",\"duration\":3,"
                        + "\"upstream_service_time\":null,\"upstream_host\":\"10.244.0.8:8080\"}"
            })
    void bothEncodingsAreRead(String line) {
        assertThat(AccessRecord.parse(new LogLine("Pod a/b", line), Set.of(ID)))
                .contains(new AccessRecord("Pod a/b", 503, "UF,URX", 3, Optional.empty(), "10.244.0.8:8080"));
    }

    @Test
    void theLineOfAnotherRequestIsNot() {
        assertThat(AccessRecord.parse(
                        new LogLine(
                                "s", "{\"request_id\":\"else\",\"response_code\":200,\"duration\":1,\"x\":\"0a1b\"}"),
                        Set.of(ID)))
                .isEmpty();
    }
}
