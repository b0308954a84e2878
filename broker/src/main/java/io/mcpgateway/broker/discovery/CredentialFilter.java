package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.broker.client.McpOutcome;

/** Keeps the credential out of logs and status: a server may quote what it was sent in its error. Pure. */
final class CredentialFilter {
    private static final String WITHHELD = "(withheld, it quotes the credential)";

    private CredentialFilter() {}

    /** The same failure, with advice if the server refused the credential. */
    static McpOutcome.Failure of(McpServer server, McpOutcome.Failure failure) {
        String sent =
                server.credential().map(Credential::headerValue).orElse("").strip();
        String secret = sent.substring(sent.lastIndexOf(' ') + 1);
        return switch (failure) {
            case McpOutcome.RpcError(int code, String text)
            when quotes(text, secret) -> new McpOutcome.RpcError(code, WITHHELD);
            case McpOutcome.HttpFailure http ->
                new McpOutcome.HttpFailure(
                        http.status(), quotes(http.detail(), secret) ? WITHHELD : http.detail(), advice(http, secret));
            case McpOutcome.ProtocolViolation(String message)
            when quotes(message, secret) -> new McpOutcome.ProtocolViolation(WITHHELD);
            default -> failure;
        };
    }

    private static boolean quotes(String text, String secret) {
        return !secret.isEmpty() && text.contains(secret);
    }

    private static String advice(McpOutcome.HttpFailure failure, String secret) {
        if (!failure.refusedCredential()) {
            return "";
        }
        return secret.isEmpty() ? "no credential is set for it (spec.credentialRef)" : "check its credential";
    }
}
