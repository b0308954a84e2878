package io.mcpgateway.broker.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.mcpgateway.api.contract.reason.ReasonCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureReasonTest {
    @ParameterizedTest
    @CsvSource({
        "301, WRONG_PATH",
        "307, WRONG_PATH",
        "400, SERVER_ERROR",
        "401, CREDENTIAL_REFUSED",
        "403, CREDENTIAL_REFUSED",
        "404, WRONG_PATH",
        "405, WRONG_PATH",
        "429, SERVER_ERROR",
        "503, SERVER_ERROR",
    })
    void aStatusHasOneReason(int status, ReasonCode reason) {
        assertThat(new McpOutcome.HttpFailure(status).reason()).isEqualTo(reason);
    }

    @Test
    void whateverFailsOnTheWayIsToldApart() {
        assertThat(new McpOutcome.Unreachable("connection refused").reason()).isEqualTo(ReasonCode.UNREACHABLE);
        assertThat(new McpOutcome.Unreachable("another host's certificate", true).reason())
                .isEqualTo(ReasonCode.TLS_FAILED);
        assertThat(new McpOutcome.Timeout("timed out").reason()).isEqualTo(ReasonCode.TIMED_OUT);
        assertThat(new McpOutcome.ProtocolViolation("not an MCP response").reason())
                .isEqualTo(ReasonCode.NOT_MCP);
        assertThat(new McpOutcome.RpcError(-32603, "internal").reason()).isEqualTo(ReasonCode.SERVER_ERROR);
        assertThat(new McpOutcome.SessionLost().reason()).isEqualTo(ReasonCode.SERVER_ERROR);
    }
}
