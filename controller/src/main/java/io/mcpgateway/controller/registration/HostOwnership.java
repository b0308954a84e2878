package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.mcpgateway.controller.gatewayapi.HostContest;
import io.mcpgateway.controller.gatewayapi.HostRival;
import io.mcpgateway.controller.gatewayapi.Listeners;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import io.mcpgateway.controller.gatewayapi.RouteBackend;
import io.mcpgateway.controller.gatewayapi.Seniority;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether the hosts of a registration's route are its own. Calls find their server by host name, so a host that leads
 * somewhere else would have one team's calls answered by another team's server.
 */
final class HostOwnership {
    /** The result. */
    sealed interface Result {
        /**
         * The hosts lead to the registration's own server.
         *
         * @param neighbours other routes that share or cover a host, without taking calls; for people
         */
        record Kept(List<String> neighbours) implements Result {
            public Kept {
                neighbours = List.copyOf(neighbours);
            }
        }

        record Lost(String message) implements Result {
            public Lost {
                Objects.requireNonNull(message, "message");
            }
        }
    }

    private static final int MOST_NEIGHBOURS = 3;

    private final HTTPRoute route;
    private final RegistrationFacts facts;
    private final String path;
    private final List<String> neighbours = new ArrayList<>();

    private HostOwnership(HTTPRoute route, RegistrationFacts facts, String path) {
        this.route = route;
        this.facts = facts;
        this.path = path;
    }

    /** @param path of the registration's calls, without query */
    static Result of(HTTPRoute route, List<Attachment> attachments, RegistrationFacts facts, String path) {
        HostOwnership ownership = new HostOwnership(route, facts, path);
        for (Attachment attachment : attachments) {
            Optional<String> loss = ownership.loss(attachment);
            if (loss.isPresent()) {
                return new Result.Lost(loss.get());
            }
        }
        return new Result.Kept(ownership.neighbours());
    }

    private List<String> neighbours() {
        List<String> distinct = neighbours.stream().distinct().sorted().toList();
        if (distinct.size() <= MOST_NEIGHBOURS) {
            return distinct;
        }
        List<String> some = new ArrayList<>(distinct.subList(0, MOST_NEIGHBOURS));
        some.add("%d more".formatted(distinct.size() - MOST_NEIGHBOURS));
        return some;
    }

    private Optional<String> loss(Attachment attachment) {
        TargetExtension extension = facts.extensions().stream()
                .filter(candidate -> candidate.key().equals(attachment.extension()))
                .findFirst()
                .orElseThrow();
        Gateway gateway = facts.gateway(extension.gateway()).orElseThrow();
        int port = Listeners.port(extension.listener().orElseThrow());
        Set<String> hosts = HostContest.hosts(route, facts.namespaceLabels(), gateway, port);
        return publicHost(extension, hosts)
                .or(() -> hosts.stream()
                        .map(host -> loss(new HostContest.Calls(gateway, port, host, path)))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    /** Calls to a public host come back to a gateway. One of another Gateway only counts if it was there before. */
    private Optional<String> publicHost(TargetExtension own, Set<String> hosts) {
        return facts.extensions().stream()
                .filter(extension ->
                        extension.publicHost().filter(hosts::contains).isPresent())
                .filter(extension -> extension.gateway().equals(own.gateway())
                        || extension.created().compareTo(Seniority.created(route)) <= 0)
                .findFirst()
                .map(extension ->
                        ("hostname %s of HTTPRoute %s is the public host of MCPGatewayExtension %s: calls would "
                                        + "come back to the gateway; remove it from the route and give the server its own "
                                        + "hostname")
                                .formatted(extension.publicHost().orElseThrow(), ObjectKey.of(route), extension.key()));
    }

    private Optional<String> loss(HostContest.Calls calls) {
        HostRival own = new HostRival(route, facts.namespaceLabels(), List.of());
        HostContest contest = HostContest.of(own, calls, facts.rivals(), facts.grants());
        for (HostRival rival : facts.rivals()) {
            HostContest.Standing standing = contest.standing(rival);
            switch (standing) {
                case APART -> {}
                case COVERS ->
                    neighbours.add(
                            "%s covers hostname %s with a wildcard, and will get its calls if HTTPRoute %s is deleted: narrow the wildcard"
                                    .formatted(told(rival), calls.host(), ObjectKey.of(route)));
                case SHARES -> {
                    if (isOwner(rival, own)) {
                        return Optional.of(taken(calls.host(), rival, "which is older, has it"));
                    }
                    neighbours.add(
                            "%s shares hostname %s, but takes no calls to %s: give one of the routes another hostname"
                                    .formatted(told(rival), calls.host(), calls.path()));
                }
                case TAKES_BY_AGE -> {
                    return Optional.of(taken(calls.host(), rival, "which is older, takes calls to " + calls.path()));
                }
                case TAKES_BY_MATCH -> {
                    return Optional.of(taken(
                            calls.host(),
                            rival,
                            "which is newer, takes calls to %s by a closer match".formatted(calls.path())));
                }
            }
        }
        return Optional.empty();
    }

    /** One host belongs to one server: an older registration keeps it, even if paths distinguish the two. */
    private boolean isOwner(HostRival rival, HostRival own) {
        return !rival.users().isEmpty()
                && HostContest.isOlder(rival, own)
                && !RouteBackend.first(rival.route()).equals(RouteBackend.first(route));
    }

    private String taken(String host, HostRival rival, String how) {
        return "hostname %s of HTTPRoute %s is taken: %s, %s, and leads to another backend; give one of the routes another hostname"
                .formatted(host, ObjectKey.of(route), told(rival), how);
    }

    private static String told(HostRival rival) {
        String users = rival.users().stream().map(ObjectKey::toString).collect(Collectors.joining(", "));
        return users.isEmpty()
                ? "HTTPRoute %s (no MCPServerRegistration)".formatted(rival.key())
                : "HTTPRoute %s (MCPServerRegistration %s)".formatted(rival.key(), users);
    }
}
