package io.mcpgateway.controller.why.answers;

import io.mcpgateway.api.contract.reason.Explanation.Case;
import io.mcpgateway.api.contract.reason.ReasonCode;
import java.util.Objects;
import java.util.Optional;

/** What to do about a reason, as a command. Pure. */
public sealed interface WhyFix {
    /** In a cluster. */
    record Cluster() implements WhyFix {
        @Override
        public String server(String name, String field) {
            return "kubectl edit mcpserverregistration %s   # %s".formatted(key(name), field);
        }

        @Override
        public String virtualServer(String name, String field) {
            return "kubectl edit mcpvirtualserver %s   # %s".formatted(key(name), field);
        }

        @Override
        public String look(String server) {
            return "kubectl get pods -n %s   # then: kubectl mcp doctor -n %s"
                    .formatted(namespace(server), namespace(server));
        }

        @Override
        public String search() {
            return "kubectl mcp doctor";
        }

        private static String key(String name) {
            return name.substring(name.indexOf('/') + 1) + " -n " + namespace(name);
        }

        private static String namespace(String name) {
            return name.contains("/") ? name.substring(0, name.indexOf('/')) : "default";
        }
    }

    /**
     * Without a cluster.
     *
     * @param file its config.yaml
     */
    record Standalone(String file) implements WhyFix {
        public Standalone {
            Objects.requireNonNull(file, "file");
        }

        @Override
        public String server(String name, String field) {
            return "edit %s   # server %s: %s".formatted(file, name, field.replace("spec.", ""));
        }

        @Override
        public String virtualServer(String name, String field) {
            return "edit %s   # virtual server %s: %s".formatted(file, name, field.replace("spec.", ""));
        }

        @Override
        public String look(String server) {
            return search();
        }

        @Override
        public String search() {
            return "mcp-gateway-controller doctor --config " + file;
        }
    }

    /** To change a server. */
    String server(String name, String field);

    /** To change a virtual server. */
    String virtualServer(String name, String field);

    /** To see whether a server runs. */
    String look(String server);

    /** To find out more. */
    String search();

    /** Empty if nothing has to be done. */
    default Optional<String> of(Case one) {
        return one.code().map(code -> of(code, one));
    }

    private String of(ReasonCode code, Case one) {
        String cause = one.object().replaceFirst("^(virtual )?server ", "");
        String server = one.server().isEmpty() ? cause : one.server();
        boolean virtual = one.object().startsWith("virtual server");
        return switch (code) {
            case DISABLED -> server(server, "spec.state: Enabled");
            case NOT_DISCOVERED_YET -> "wait some seconds and ask again";
            case UNREACHABLE, TIMED_OUT, SERVER_ERROR -> look(server);
            case TLS_FAILED -> server(server, this instanceof Cluster ? "spec.caCertSecretRef" : "caCert");
            case CREDENTIAL_REFUSED ->
                server(
                        server,
                        (this instanceof Cluster ? "spec.credentialRef" : "credential")
                                + ": the whole Authorization header, such as Bearer TOKEN");
            case WRONG_PATH, NOT_MCP -> server(server, this instanceof Cluster ? "spec.path" : "url");
            case NAME_CONFLICT ->
                virtual
                        ? virtualServer(cause, "spec.overrides: give one of them another name")
                        : server(server, "spec.toolPrefix: one that no other server has");
            case INVALID_DEFINITION -> "have the server's definition mended; see docs/register-servers.md";
            case NO_TOOLS -> look(server);
            case NOT_SELECTED ->
                virtual
                        ? virtualServer(cause, "spec.tools, spec.include, spec.exclude")
                        : "use the URL of server " + server + ", or /mcp";
            case NOT_LISTED -> virtualServer(cause, "spec.tools, spec.include, spec.exclude, spec.overrides");
            case NOT_AUTHORIZED ->
                "let the policy that makes the claims name it for server " + server + "; see docs/security-model.md";
            case REVISION_NOT_SERVED ->
                virtual ? virtualServer(cause, "spec.protocolVersions") : "allow a revision: spec.protocolVersions";
            case QUARANTINED -> server(server, "spec.approvedTools: add the digest");
            case UNKNOWN -> search();
        };
    }
}
