package io.mcpgateway.api.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.mcpgateway.api.contract.pinning.ToolPinning;
import io.mcpgateway.api.contract.selection.ToolSearch;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Turns the parsed tree into records and collects every problem. */
final class ConfigReader {
    private final List<String> problems = new ArrayList<>();
    private final boolean strict;

    /** @param strict whether unknown keys are an error */
    ConfigReader(boolean strict) {
        this.strict = strict;
    }

    /** Checks the keys of the document itself. */
    void document(JsonNode root) {
        problems.addAll(ConfigKeys.DOCUMENT.problems(root, "", strict));
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<McpServer> servers(JsonNode list) {
        List<McpServer> servers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Map<String, McpServer> byHostname = new HashMap<>();
        int index = 0;
        for (JsonNode entry : ConfigLists.entries(list, "servers", problems)) {
            String where = "servers[" + index + "]";
            index++;
            if (!entry.isObject()) {
                problems.add(where + ": expected a mapping with 'name' and 'url'");
                continue;
            }
            Optional<McpServer> server = server(entry, where);
            String name = text(entry, "name");
            if (!name.isEmpty() && !names.add(name)) {
                problems.add(where + ": the name '" + name + "' is used twice; names must be unique");
            }
            server.ifPresent(servers::add);
            server.ifPresent(read -> ownHostname(read, byHostname, where));
        }
        return servers;
    }

    /** Calls are routed by hostname: two servers with the same one would get each other's calls. */
    private void ownHostname(McpServer server, Map<String, McpServer> byHostname, String where) {
        McpServer before = byHostname.putIfAbsent(server.hostname(), server);
        if (before != null && !before.address().equals(server.address())) {
            problems.add(
                    "%s (%s): hostname '%s' is also that of %s, which is at another address; give each server a hostname of its own"
                            .formatted(where, server.name(), server.hostname(), before.name()));
        }
    }

    /** Reads the revisions of the document itself. */
    VersionsReader versions(JsonNode root) {
        return new VersionsReader(root, strict, problems);
    }

    /** Reads how clients find tools that choose no virtual server. */
    ToolSearch toolSearch(JsonNode root) {
        return ToolSearchYaml.read(root, "", strict, problems);
    }

    /** @param servers whose URLs virtual servers cannot have */
    List<VirtualServer> virtualServers(JsonNode list, VersionsReader versions, List<McpServer> servers) {
        List<VirtualServer> virtualServers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        int index = 0;
        for (JsonNode entry : ConfigLists.entries(list, "virtualServers", problems)) {
            String where = "virtualServers[" + index + "]";
            index++;
            if (!entry.isObject()) {
                problems.add(where + ": expected a mapping with 'name' and 'tools'");
                continue;
            }
            String name = text(entry, "name");
            if (name.isEmpty()) {
                problems.add(where + ": 'name' is missing");
            }
            if (!name.isEmpty() && !names.add(name)) {
                problems.add(where + ": the name '" + name + "' is used twice; names must be unique");
            }
            virtualServers.add(new VirtualServerYaml(problems, strict)
                    .read(entry, where, versions.ofVirtualServer(entry, label(where, name) + ": "))
                    .at(ConfigUrls.chosen(entry, label(where, name) + ": ", problems)));
        }
        problems.addAll(ConfigUrls.conflicts(servers, virtualServers));
        return virtualServers;
    }

    private static String label(String where, String name) {
        return name.isEmpty() ? where : where + " (" + name + ")";
    }

    private Optional<McpServer> server(JsonNode entry, String where) {
        int before = problems.size();
        String name = text(entry, "name");
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            problems.add(where + ": 'name' must be text without white space, such as namespace/name");
        }
        String label = label(where, name);
        problems.addAll(ConfigKeys.SERVER.problems(entry, label + ": ", strict));
        twice(entry, label, "toolPrefix", "prefix");
        twice(entry, label, "state", "enabled");
        Optional<URI> url = url(text(entry, "url").strip(), label);
        String prefix = entry.has("toolPrefix") ? text(entry, "toolPrefix") : text(entry, "prefix");
        if (!prefix.chars().allMatch(ConfigReader::prefixCharacter)) {
            problems.add(label + ": 'toolPrefix' may only contain letters, digits, '_' and '-'");
        }
        Optional<String> hostname = hostname(entry, name, label);
        Optional<McpServer.State> state = state(entry, label);
        Optional<Credential> credential = credential(entry, label);
        UpstreamAuthorization authorization = authorization(entry, credential, label);
        Optional<CaCertificates> certificates = certificates(entry, "caCert", label + ": ");
        Optional<Duration> callTimeout = callTimeout(entry, label);
        AnonymousSessions anonymousSessions = anonymousSessions(entry, label);
        ToolPinning pinning = ToolPinningYaml.read(entry, label, problems);
        if (problems.size() > before || url.isEmpty() || hostname.isEmpty() || state.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new McpServer(
                new ServerName(name),
                url.get(),
                hostname.get(),
                prefix,
                credential,
                authorization,
                certificates,
                callTimeout,
                anonymousSessions,
                pinning,
                state.get()));
    }

    private AnonymousSessions anonymousSessions(JsonNode entry, String label) {
        String word = text(entry, AnonymousSessions.MEMBER);
        Optional<AnonymousSessions> mode = AnonymousSessions.parse(word);
        if (mode.isEmpty() && !word.isEmpty()) {
            problems.add("%s: '%s' must be PerCall or Shared".formatted(label, AnonymousSessions.MEMBER));
        }
        return mode.orElse(AnonymousSessions.PER_CALL);
    }

    private Optional<Duration> callTimeout(JsonNode entry, String label) {
        JsonNode given = entry.path(CallTimeout.MEMBER);
        if (!given.isIntegralNumber()) {
            return Optional.empty();
        }
        if (!given.canConvertToInt() || !CallTimeout.allows(given.intValue())) {
            problems.add(CallTimeout.problem("%s: '%s'".formatted(label, CallTimeout.MEMBER)));
            return Optional.empty();
        }
        return Optional.of(Duration.ofSeconds(given.intValue()));
    }

    private void twice(JsonNode entry, String label, String member, String other) {
        if (entry.has(member) && entry.has(other)) {
            problems.add("%s: '%s' and '%s' mean the same; keep only '%s'".formatted(label, member, other, member));
        }
    }

    Optional<CaCertificates> certificates(JsonNode entry, String member, String label) {
        String pem = text(entry, member);
        if (pem.isBlank()) {
            return Optional.empty();
        }
        return switch (CaCertificates.parse(pem)) {
            case CaCertificates.Parsed.Valid(CaCertificates certificates) -> Optional.of(certificates);
            case CaCertificates.Parsed.Refused(String problem) -> {
                problems.add(label + "'" + member + "' " + problem);
                yield Optional.empty();
            }
        };
    }

    private UpstreamAuthorization authorization(JsonNode entry, Optional<Credential> credential, String label) {
        if (entry.has("credentialInjection")) {
            problems.add(label + ": 'credentialInjection' is no longer supported; use 'upstreamAuthorization':"
                    + " None, Forward or Shared");
        }
        String word = text(entry, "upstreamAuthorization");
        Optional<UpstreamAuthorization> mode =
                word.isEmpty() ? Optional.of(UpstreamAuthorization.NONE) : UpstreamAuthorization.parse(word);
        if (mode.isEmpty()) {
            problems.add(label + ": 'upstreamAuthorization' must be None, Forward or Shared");
        } else if (mode.get() == UpstreamAuthorization.SHARED && credential.isEmpty()) {
            problems.add(label + ": 'upstreamAuthorization: Shared' needs a 'credential', which all calls share");
        }
        return mode.orElse(UpstreamAuthorization.NONE);
    }

    private Optional<URI> url(String text, String label) {
        if (text.isEmpty()) {
            problems.add(label + ": 'url' is missing: where the server is, such as http://host:port/mcp");
            return Optional.empty();
        }
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if ((scheme.equals("http") || scheme.equals("https"))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null) {
                return Optional.of(url);
            }
        } catch (URISyntaxException notAnUrl) {
            // reported below, without the text, which may contain a password
        }
        problems.add(label + ": 'url' must look like http://host:port/mcp (http or https, no user, no fragment)");
        return Optional.empty();
    }

    /** The host of the server's route. If it is not given, a standalone server gets its own name below mcp.local. */
    private Optional<String> hostname(JsonNode entry, String name, String label) {
        String hostname = text(entry, "hostname").toLowerCase(Locale.ROOT);
        if (hostname.isEmpty()) {
            String derived = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
            return Optional.of(derived.replaceAll("^-+|-+$", "") + ".mcp.local");
        }
        boolean valid = hostname.length() <= 253
                && hostname.chars()
                        .allMatch(character -> character == '.' || character == '-' || alphanumeric(character));
        if (!valid) {
            problems.add(label + ": 'hostname' must be a DNS name without port");
            return Optional.empty();
        }
        return Optional.of(hostname);
    }

    private Optional<McpServer.State> state(JsonNode entry, String label) {
        if (entry.has("state")) {
            return switch (text(entry, "state")) {
                case "Enabled" -> Optional.of(McpServer.State.ENABLED);
                case "Disabled" -> Optional.of(McpServer.State.DISABLED);
                default -> {
                    problems.add(label + ": 'state' must be Enabled or Disabled");
                    yield Optional.empty();
                }
            };
        }
        boolean enabled = entry.path("enabled").asBoolean(true);
        return Optional.of(enabled ? McpServer.State.ENABLED : McpServer.State.DISABLED);
    }

    private Optional<Credential> credential(JsonNode entry, String label) {
        String value = text(entry, "credential").strip();
        if (value.chars().anyMatch(character -> character < ' ' || character > '~')) {
            problems.add(label + ": 'credential' must be one line of printable ASCII (an Authorization header value)");
            return Optional.empty();
        }
        return value.isEmpty() ? Optional.empty() : Optional.of(new Credential(value));
    }

    private static String text(JsonNode entry, String member) {
        return entry.path(member).asText("");
    }

    private static boolean prefixCharacter(int character) {
        return character == '_' || character == '-' || alphanumeric(character);
    }

    private static boolean alphanumeric(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }
}
