package io.mcpgateway.broker.settings;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import io.mcpgateway.broker.config.SecretName;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.oauth.OAuthSettings;
import io.mcpgateway.broker.registry.RegistrySettings;
import io.mcpgateway.broker.url.PublicUrls;
import io.mcpgateway.runtime.LogSettings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of the process: the value of each {@link Setting}, and what follows from several of them.
 * It prints no values, because some are secret.
 */
public final class BrokerSettings {
    /** Nothing is set. */
    public static final BrokerSettings DEFAULTS = new BrokerSettings(Map.of(), Map.of());

    /** Of {@link BrokerOptions#CALL_TIMEOUT_SECONDS}. */
    static final int NO_LIMIT = 0;

    private static final URI USUAL_LISTENER =
            URI.create("http://mcp-gateway-istio.gateway-system.svc.cluster.local:8080");

    private final Map<Setting<?>, Object> given;
    private final Map<String, String> openTelemetry;

    /**
     * All of them.
     *
     * @param given the values that are not the defaults
     * @param openTelemetry the variables of OpenTelemetry, by name
     */
    BrokerSettings(Map<Setting<?>, Object> given, Map<String, String> openTelemetry) {
        this.given = Map.copyOf(given);
        this.openTelemetry = Map.copyOf(openTelemetry);
    }

    /** The same with another value. */
    public <T> BrokerSettings with(Setting<T> setting, T value) {
        Map<Setting<?>, Object> more = new HashMap<>(given);
        more.put(setting, value);
        return new BrokerSettings(more, openTelemetry);
    }

    /** What was set, or the default. */
    @SuppressWarnings("unchecked") // SettingsReader put what the setting's own reading gave.
    public <T> T get(Setting<T> setting) {
        return (T) given.getOrDefault(setting, setting.otherwise());
    }

    /**
     * Missing and superfluous settings, each with the fix.
     *
     * @param refused settings that were given, but not accepted
     */
    List<String> problems(Set<Setting<?>> refused) {
        List<String> problems = new ArrayList<>();
        if (get(BrokerOptions.PUBLIC_HOST).isEmpty()
                && !refused.contains(BrokerOptions.PUBLIC_HOST)
                && get(BrokerOptions.EMBEDDED_GATEWAY).isEmpty()) {
            problems.add(flag(BrokerOptions.PUBLIC_HOST) + " is required: the host name that clients use for the"
                    + " gateway (or start with " + flag(BrokerOptions.EMBEDDED_GATEWAY) + " 127.0.0.1:8888)");
        }
        if (get(BrokerOptions.KEY_ON_COMMAND_LINE).isPresent()) {
            problems.add("everyone on the machine can read a key on the command line: put it into the variable "
                    + BrokerLaunch.ENV_SIGNING_KEY + " (--mcp-router-key is not needed, remove it)");
        }
        return problems;
    }

    private static String flag(Setting<?> setting) {
        return setting.flags().getFirst();
    }

    /** The host that client requests are pinned to. */
    public String publicHost() {
        return get(BrokerOptions.PUBLIC_HOST).orElse("localhost");
    }

    /** The same in lower case and without port. */
    public String publicHostname() {
        return publicHost().replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
    }

    /** Base URL of the gateway listener as the broker reaches it. */
    public URI privateUrl() {
        return get(BrokerOptions.PRIVATE_URL)
                .orElseGet(() -> get(BrokerOptions.EMBEDDED_GATEWAY)
                        .map(address -> URI.create("http://" + address.fromHere()))
                        .orElse(USUAL_LISTENER));
    }

    /** The Secret to watch. A Pod that knows its namespace watches the one there; otherwise only if it is set. */
    public Optional<SecretName> configSecret() {
        return get(BrokerOptions.CONFIG_SECRET)
                .or(() -> get(BrokerOptions.POD_NAMESPACE)
                        .filter(_ -> get(BrokerOptions.KUBERNETES_HOST).isPresent())
                        .map(namespace -> new SecretName(namespace, ObjectNames.CONFIG_SECRET)));
    }

    /** How long a call may take to a server that says nothing of it. */
    public Optional<Duration> callTimeout() {
        int seconds = get(BrokerOptions.CALL_TIMEOUT_SECONDS);
        return seconds == NO_LIMIT ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    public CallLimits callLimits() {
        return new CallLimits(get(BrokerOptions.MAX_CALLS_PER_SESSION), get(BrokerOptions.MAX_CALLS_PER_SERVER));
    }

    public Duration sessionLength() {
        int minutes = get(BrokerOptions.SESSION_MINUTES);
        return minutes == 0 ? Duration.ofHours(24) : Duration.ofMinutes(minutes);
    }

    public AuthorizationSettings authorization() {
        return new AuthorizationSettings(
                get(BrokerOptions.TRUSTED_HEADER_KEY),
                get(BrokerOptions.ENFORCE_TOOLS),
                get(BrokerOptions.ENFORCE_CAPABILITIES));
    }

    /** The variables of OpenTelemetry, which its SDK reads; some may be secret. */
    public Map<String, String> openTelemetry() {
        return openTelemetry;
    }

    public LogSettings log() {
        return new LogSettings(get(BrokerOptions.LOG_LEVEL), get(BrokerOptions.LOG_FORMAT));
    }

    /** Clients compare the resource with the URL that they were given, so what is not set is the URL that most were given. */
    public OAuthSettings oauth() {
        String root = get(BrokerOptions.EMBEDDED_GATEWAY)
                .map(address -> "http://" + address.fromHere())
                .orElse("https://" + publicHost());
        return new OAuthSettings(
                get(BrokerOptions.OAUTH_RESOURCE_NAME),
                get(BrokerOptions.OAUTH_RESOURCE),
                root + BrokerLaunch.MCP_PATH,
                ownHosts(),
                get(BrokerOptions.OAUTH_AUTHORIZATION_SERVERS),
                get(BrokerOptions.OAUTH_BEARER_METHODS),
                get(BrokerOptions.OAUTH_SCOPES));
    }

    public RegistrySettings registry(String version) {
        OAuthSettings oauth = oauth();
        return new RegistrySettings(
                get(BrokerOptions.REGISTRY_API),
                version,
                publicHostname(),
                new PublicUrls(oauth.resource(), oauth.usualResource(), ownHosts()));
    }

    /** Under which clients may know the gateway; in lower case, without port. */
    public Set<String> ownHosts() {
        Set<String> hosts = new HashSet<>();
        hosts.add(publicHostname());
        get(BrokerOptions.EMBEDDED_GATEWAY).ifPresent(address -> {
            hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
            hosts.add(address.host().toLowerCase(Locale.ROOT));
        });
        return hosts;
    }

    @Override
    public String toString() {
        return "BrokerSettings[***]";
    }
}
