package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.api.contract.AnonymousSessions;
import io.mcpgateway.api.contract.CaCertificates;
import io.mcpgateway.api.contract.Credential;
import io.mcpgateway.api.contract.McpServer;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.contract.UpstreamAuthorization;
import io.mcpgateway.api.v1alpha1.EnabledState;
import io.mcpgateway.api.v1alpha1.MCPServerRegistration;
import io.mcpgateway.api.v1alpha1.MCPServerRegistrationSpec;
import io.mcpgateway.api.v1alpha1.UpstreamAuthorizationMode;
import io.mcpgateway.controller.conditions.Reason;
import io.mcpgateway.controller.gatewayapi.HostContest;
import io.mcpgateway.controller.gatewayapi.Hostnames;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteAttachment;
import io.mcpgateway.controller.secrets.CaSecrets;
import io.mcpgateway.controller.secrets.CredentialSecrets;
import io.mcpgateway.controller.secrets.SecretContent;
import io.mcpgateway.controller.secrets.SecretProblem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Turns an attached registration into configuration entries, one per extension. Only entries that the broker accepts
 * are returned: it refuses a document completely, so one bad entry would stop every server's changes.
 */
final class ServerEntries {
    /** The entries, or why there are none. */
    sealed interface Result {
        /**
         * The entry is served.
         *
         * @param neighbours what else has to do with its hosts, for people
         */
        record Built(List<Placement> placements, List<String> neighbours) implements Result {
            public Built {
                placements = List.copyOf(placements);
                neighbours = List.copyOf(neighbours);
            }
        }

        record Refused(String reason, String message) implements Result {
            public Refused {
                Objects.requireNonNull(reason, "reason");
                Objects.requireNonNull(message, "message");
            }
        }
    }

    private ServerEntries() {}

    static Result of(HTTPRoute route, List<Attachment> attachments, RegistrationFacts facts) {
        return switch (ServerEndpoints.of(route, facts)) {
            case ServerEndpoint.Unresolved(String reason, String message) -> new Result.Refused(reason, message);
            case ServerEndpoint.Resolved endpoint ->
                GatewayRefusal.of(route, attachments, facts)
                        .orElseGet(() -> withSecrets(route, attachments, facts, endpoint));
        };
    }

    private static Result withSecrets(
            HTTPRoute route, List<Attachment> attachments, RegistrationFacts facts, ServerEndpoint.Resolved endpoint) {
        return switch (CredentialSecrets.read(
                facts.registration().getSpec().credentialRef(),
                facts.credential(),
                facts.registration().getMetadata().getNamespace())) {
            case SecretContent.Unusable(SecretProblem problem) ->
                new Result.Refused(problem.reason(), problem.message());
            case SecretContent.Usable(Optional<Credential> credential) ->
                trusting(
                        facts,
                        certificates ->
                                entries(route, attachments, facts, new Parts(endpoint, credential, certificates)));
        };
    }

    private record Parts(
            ServerEndpoint.Resolved endpoint, Optional<Credential> credential, Optional<CaCertificates> certificates) {
        /** Certificates are for TLS, so they imply https. */
        String base() {
            return certificates.isPresent() && endpoint.base().startsWith("http://")
                    ? "https://" + endpoint.base().substring("http://".length())
                    : endpoint.base();
        }
    }

    private static Result trusting(RegistrationFacts facts, Function<Optional<CaCertificates>, Result> entries) {
        return switch (CaSecrets.read(
                facts.registration().getSpec().caCertSecretRef(),
                facts.caSecret(),
                facts.registration().getMetadata().getNamespace(),
                "spec.caCertSecretRef")) {
            case SecretContent.Unusable(SecretProblem problem) ->
                new Result.Refused(problem.reason(), problem.message());
            case SecretContent.Usable(Optional<CaCertificates> certificates) -> entries.apply(certificates);
        };
    }

    private static UpstreamAuthorization authorization(MCPServerRegistrationSpec spec) {
        return switch (spec.authorizationMode()) {
            case NONE -> UpstreamAuthorization.NONE;
            case FORWARD -> UpstreamAuthorization.FORWARD;
            case SHARED -> UpstreamAuthorization.SHARED;
        };
    }

    private static AnonymousSessions anonymousSessions(MCPServerRegistrationSpec spec) {
        return switch (spec.anonymousSessions()) {
            case PER_CALL -> AnonymousSessions.PER_CALL;
            case SHARED -> AnonymousSessions.SHARED;
        };
    }

    private static Result entries(HTTPRoute route, List<Attachment> attachments, RegistrationFacts facts, Parts parts) {
        MCPServerRegistrationSpec spec = facts.registration().getSpec();
        URI url;
        try {
            url = new URI(parts.base() + spec.path());
        } catch (URISyntaxException badPath) {
            return new Result.Refused(
                    Reason.INVALID_SPEC, "spec.path \"%s\" is not a path such as /mcp".formatted(spec.path()));
        }
        if (!spec.toolPrefixOrEmpty().matches("[A-Za-z0-9_-]*")) {
            return new Result.Refused(
                    Reason.INVALID_SPEC,
                    "spec.toolPrefix \"%s\" may only contain letters, digits, '_' and '-'"
                            .formatted(spec.toolPrefixOrEmpty()));
        }
        if (spec.authorizationMode() == UpstreamAuthorizationMode.SHARED
                && parts.credential().isEmpty()) {
            return new Result.Refused(
                    Reason.INVALID_SPEC,
                    "spec.upstreamAuthorization.mode Shared needs spec.credentialRef: it names the credential that all"
                            + " calls carry");
        }
        if (!CallPath.isPlain(url.getRawPath())) {
            return new Result.Refused(Reason.INVALID_SPEC, CallPath.advice(spec.path()));
        }
        return switch (HostOwnership.of(route, attachments, facts, url.getRawPath())) {
            case HostOwnership.Result.Lost(String message) -> new Result.Refused(Reason.HOSTNAME_TAKEN, message);
            case HostOwnership.Result.Kept(List<String> neighbours) ->
                HostContest.takesEveryCall(route, url.getRawPath())
                        ? placements(route, attachments, facts.registration(), new Address(url, parts), neighbours)
                        : noMatch(route, url.getRawPath());
        };
    }

    private record Address(URI url, Parts parts) {}

    private static Result placements(
            HTTPRoute route,
            List<Attachment> attachments,
            MCPServerRegistration registration,
            Address address,
            List<String> neighbours) {
        MCPServerRegistrationSpec spec = registration.getSpec();
        Parts parts = address.parts();
        List<Placement> placements = new ArrayList<>();
        for (Attachment attachment : attachments) {
            host(route, attachment, parts.endpoint().preferredHost().orElse(""))
                    .map(host -> new McpServer(
                            new ServerName(ObjectKey.of(registration).toString()),
                            address.url(),
                            host,
                            spec.toolPrefixOrEmpty(),
                            parts.credential(),
                            authorization(spec),
                            parts.certificates(),
                            Optional.ofNullable(spec.callTimeoutSeconds()).map(Duration::ofSeconds),
                            anonymousSessions(spec),
                            ToolMemory.pinning(registration),
                            spec.state() == EnabledState.DISABLED ? McpServer.State.DISABLED : McpServer.State.ENABLED))
                    .ifPresent(server -> placements.add(new Placement(attachment.extension(), server)));
        }
        return placements.isEmpty() ? noHost(route) : new Result.Built(placements, neighbours);
    }

    /**
     * The host that routed calls have, so Envoy finds the route: the first exact one that a listener of the
     * extension serves; the external name of the backend if it is among them.
     */
    private static Optional<String> host(HTTPRoute route, Attachment attachment, String preferred) {
        List<String> hosts = RouteAttachment.hostnames(route).stream()
                .filter(host -> Hostnames.problems(host).isEmpty())
                .filter(host -> attachment.hosts().stream().anyMatch(served -> Hostnames.intersect(served, host)))
                .toList();
        return hosts.contains(preferred)
                ? Optional.of(preferred)
                : hosts.stream().findFirst();
    }

    private static Result noHost(HTTPRoute route) {
        return new Result.Refused(
                Reason.INVALID_ROUTE,
                ("HTTPRoute %s must have at least one hostname without wildcard that its listener "
                                + "serves, by which the gateway reaches the server (it has: %s)")
                        .formatted(ObjectKey.of(route), String.join(", ", RouteAttachment.hostnames(route))));
    }

    private static Result noMatch(HTTPRoute route, String path) {
        return new Result.Refused(
                Reason.INVALID_ROUTE,
                ("HTTPRoute %s has no match that takes every call to %s; give its rule a PathPrefix match such as %s, "
                                + "without headers and query parameters, or correct spec.path")
                        .formatted(ObjectKey.of(route), path, path));
    }
}
