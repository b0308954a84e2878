package io.mcpgateway.broker.settings;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.runtime.LogSettings;
import io.mcpgateway.api.contract.ObjectNames;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.router.OriginRule;
import io.mcpgateway.broker.session.redis.RedisUrl;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges command line and environment together and reports every problem at once. */
public final class SettingsReader {
    /** What came of reading. */
    public sealed interface Result {
        record Valid(BrokerSettings settings) implements Result {
            public Valid {
                Objects.requireNonNull(settings, "settings");
            }
        }

        /** Each problem names the flag or variable and the fix. */
        record Refused(List<String> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    private static final int MOST_CALLS = 1_000_000;
    private static final String DEFAULT_PRIVATE_HOST = "mcp-gateway-istio.gateway-system.svc.cluster.local:8080";

    private final BrokerArguments arguments;
    private final Map<String, String> environment;
    private final List<String> problems = new ArrayList<>();

    private SettingsReader(BrokerArguments arguments, Map<String, String> environment) {
        this.arguments = arguments;
        this.environment = environment;
    }

    public static Result read(BrokerArguments arguments, Map<String, String> environment) {
        return new SettingsReader(arguments, environment).read();
    }

    private Result read() {
        Address router = address(BrokerLaunch.FLAG_ROUTER_ADDRESS, arguments.routerAddress, "0.0.0.0:50051");
        Address broker = address(BrokerLaunch.FLAG_BROKER_ADDRESS, arguments.brokerAddress, "0.0.0.0:8080");
        Optional<Address> embedded = arguments.embeddedGateway == null
                ? Optional.empty()
                : Optional.of(address(BrokerLaunch.FLAG_EMBEDDED_GATEWAY, arguments.embeddedGateway, ":0"));
        String publicHost = publicHost(embedded);
        BrokerSettings settings = new BrokerSettings(
                router,
                broker,
                publicHost,
                privateUrl(embedded),
                embedded,
                metricsAddress(),
                Path.of(or(arguments.configFile, "./config/mcp-system/config.yaml")),
                configSecret(),
                Duration.ofSeconds(number(BrokerLaunch.FLAG_CHECK_INTERVAL, arguments.checkInterval, 60, 1, 86_400)),
                Math.toIntExact(number(BrokerLaunch.FLAG_LIST_PAGE_SIZE, arguments.listPageSize, 1000, 1, 100_000)),
                new CallLimits(
                        number(
                                BrokerLaunch.FLAG_MAX_CALLS_PER_SESSION,
                                arguments.maxCallsPerSession,
                                256,
                                0,
                                MOST_CALLS),
                        number(
                                BrokerLaunch.FLAG_MAX_CALLS_PER_SERVER,
                                arguments.maxCallsPerServer,
                                1024,
                                0,
                                MOST_CALLS)),
                callTimeout(),
                bool(BrokerLaunch.FLAG_SERVER_INSTRUCTIONS, or(arguments.serverInstructions, "true")),
                sessionLength(),
                sessionStore(),
                signingKey(),
                authorization(),
                allowedOrigins(),
                allowLinkLocal(),
                oauth(embedded, publicHost),
                log());
        return problems.isEmpty() ? new Result.Valid(settings) : new Result.Refused(problems);
    }

    private String publicHost(Optional<Address> embedded) {
        String host = or(arguments.publicHost, "");
        if (host.isEmpty() && embedded.isPresent()) {
            return "localhost";
        }
        if (host.isEmpty()) {
            problems.add(BrokerLaunch.FLAG_PUBLIC_HOST + " is required: the host name that clients use for the"
                    + " gateway (or start with " + BrokerLaunch.FLAG_EMBEDDED_GATEWAY + " 127.0.0.1:8888)");
        } else if (host.contains("/") || host.chars().anyMatch(character -> character <= ' ' || character > '~')) {
            problems.add(BrokerLaunch.FLAG_PUBLIC_HOST + " must be a host name, not a url: '" + host + "'");
        }
        return host;
    }

    private URI privateUrl(Optional<Address> embedded) {
        String text = or(
                arguments.privateHost,
                embedded.map(address -> address.fromHere().toString()).orElse(DEFAULT_PRIVATE_HOST));
        try {
            URI url = new URI(text.contains("://") ? text : "http://" + text);
            boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (web && url.getHost() != null && url.getRawUserInfo() == null) {
                return new URI(url.getScheme(), null, url.getHost(), url.getPort(), null, null, null);
            }
        } catch (URISyntaxException notAnUrl) {
            // reported below
        }
        problems.add(BrokerLaunch.FLAG_PRIVATE_HOST + " must look like host:port or https://host:port");
        return URI.create("http://invalid");
    }

    private Optional<Address> metricsAddress() {
        if ("none".equals(arguments.metricsAddress)) {
            return Optional.empty();
        }
        return Optional.of(address(BrokerLaunch.FLAG_METRICS_ADDRESS, arguments.metricsAddress, "0.0.0.0:9090"));
    }

    /** A pod that was told its namespace watches the Secret there; anybody else only if told to. */
    private Optional<SecretName> configSecret() {
        if (arguments.configSecret == null) {
            return variable("POD_NAMESPACE")
                    .filter(_ -> variable("KUBERNETES_SERVICE_HOST").isPresent())
                    .map(namespace -> new SecretName(namespace, ObjectNames.CONFIG_SECRET));
        }
        Optional<SecretName> secret = SecretName.parse(arguments.configSecret);
        if (secret.isEmpty()) {
            problems.add(BrokerLaunch.FLAG_CONFIG_SECRET + " must look like namespace/name, not '"
                    + arguments.configSecret + "'");
        }
        return secret;
    }

    private Optional<Duration> callTimeout() {
        return Optional.ofNullable(arguments.callTimeout)
                .map(given -> number(
                        BrokerLaunch.FLAG_CALL_TIMEOUT,
                        given,
                        CallTimeout.MIN_SECONDS,
                        CallTimeout.MIN_SECONDS,
                        CallTimeout.MAX_SECONDS))
                .map(Duration::ofSeconds);
    }

    private Duration sessionLength() {
        int minutes = number(BrokerLaunch.FLAG_SESSION_LENGTH, arguments.sessionLength, 1440, 0, 60 * 24 * 366);
        return minutes == 0 ? Duration.ofHours(24) : Duration.ofMinutes(minutes);
    }

    /** Refused without repeating it, and never logged: there is a password in it. */
    private Optional<RedisUrl> sessionStore() {
        Optional<String> text = Optional.ofNullable(arguments.sessionStore)
                .filter(given -> !given.isBlank())
                .or(() -> variable(BrokerLaunch.ENV_SESSION_STORE));
        return text.map(RedisUrl::parse).flatMap(parsed -> switch (parsed) {
            case RedisUrl.Parsed.Valid(RedisUrl url) -> Optional.of(url);
            case RedisUrl.Parsed.Refused(String problem) -> {
                problems.add(BrokerLaunch.FLAG_SESSION_STORE + " or " + BrokerLaunch.ENV_SESSION_STORE + " " + problem);
                yield Optional.empty();
            }
        });
    }

    private Optional<SigningKey> signingKey() {
        if (arguments.keyOnCommandLine != null) {
            problems.add("everyone on the machine can read a key on the command line: put it into the variable "
                    + BrokerLaunch.ENV_SIGNING_KEY + " (--mcp-router-key is not needed, remove it)");
        }
        String key = variable(BrokerLaunch.ENV_SIGNING_KEY)
                .or(() -> variable(BrokerLaunch.ENV_SIGNING_KEY_FALLBACK))
                .orElse("");
        if (key.isEmpty()) {
            return Optional.empty();
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < SigningKey.MINIMUM_BYTES) {
            problems.add(BrokerLaunch.ENV_SIGNING_KEY + " must have at least " + SigningKey.MINIMUM_BYTES
                    + " bytes; make one with: openssl rand -hex 32");
            return Optional.empty();
        }
        return Optional.of(SigningKey.of(bytes));
    }

    private AuthorizationSettings authorization() {
        Optional<String> pem = variable(BrokerLaunch.ENV_TRUSTED_HEADER_KEY);
        Optional<ECPublicKey> key = pem.flatMap(PublicKeyPem::parse);
        if (pem.isPresent() && key.isEmpty()) {
            problems.add(BrokerLaunch.ENV_TRUSTED_HEADER_KEY + " must be one EC public key of the curve P-256 in PEM,"
                    + " starting with -----BEGIN PUBLIC KEY-----");
        }
        return new AuthorizationSettings(
                key,
                bool(BrokerLaunch.FLAG_ENFORCE_TOOLS, arguments.enforceTools),
                bool(BrokerLaunch.FLAG_ENFORCE_CAPABILITIES, arguments.enforceCapabilities));
    }

    private List<String> allowedOrigins() {
        List<String> origins = arguments.allowedOrigins == null
                ? list(BrokerLaunch.ENV_ALLOWED_ORIGINS, List.of())
                : split(arguments.allowedOrigins);
        for (String origin : origins) {
            if (!OriginRule.isEntry(origin)) {
                problems.add(BrokerLaunch.FLAG_ALLOWED_ORIGINS + " or " + BrokerLaunch.ENV_ALLOWED_ORIGINS
                        + " must list origins like https://app.example.com:8443, or *, not '" + origin + "'");
            }
        }
        return origins;
    }

    private boolean allowLinkLocal() {
        String given = arguments.allowLinkLocal;
        return given == null
                ? bool(
                        BrokerLaunch.ENV_ALLOW_LINK_LOCAL,
                        variable(BrokerLaunch.ENV_ALLOW_LINK_LOCAL).orElse("false"))
                : bool(BrokerLaunch.FLAG_ALLOW_LINK_LOCAL, given);
    }

    /** Clients compare the resource with the URL that they were given, so what is not set is the URL that most were given. */
    private OAuthSettings oauth(Optional<Address> embedded, String publicHost) {
        String root = embedded.map(address -> "http://" + address.fromHere()).orElse("https://" + publicHost);
        return new OAuthSettings(
                variable(BrokerLaunch.ENV_OAUTH_RESOURCE_NAME).orElse("MCP Server"),
                variable(BrokerLaunch.ENV_OAUTH_RESOURCE),
                root + BrokerLaunch.MCP_PATH,
                hosts(embedded, publicHost),
                list(BrokerLaunch.ENV_OAUTH_AUTHORIZATION_SERVERS, List.of()),
                list(BrokerLaunch.ENV_OAUTH_BEARER_METHODS, List.of("header")),
                list(BrokerLaunch.ENV_OAUTH_SCOPES, List.of("basic")));
    }

    /** Under which clients may know the gateway. */
    private static Set<String> hosts(Optional<Address> embedded, String publicHost) {
        Set<String> hosts = new HashSet<>();
        hosts.add(publicHost.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT));
        embedded.ifPresent(address -> {
            hosts.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
            hosts.add(address.host().toLowerCase(Locale.ROOT));
        });
        return hosts;
    }

    private LogSettings log() {
        String level = arguments.logLevel != null
                ? arguments.logLevel
                : variable(BrokerLaunch.ENV_LOG_LEVEL).orElse("info");
        String format = or(arguments.logFormat, "txt");
        Optional<LogSettings.Level> parsedLevel = LogSettings.Level.parse(level);
        Optional<LogSettings.Format> parsedFormat = LogSettings.Format.parse(format);
        if (parsedLevel.isEmpty()) {
            problems.add(BrokerLaunch.FLAG_LOG_LEVEL + " or " + BrokerLaunch.ENV_LOG_LEVEL
                    + " must be debug, info, warn or error, not '" + level + "'");
        }
        if (parsedFormat.isEmpty()) {
            problems.add(BrokerLaunch.FLAG_LOG_FORMAT + " must be txt or json, not '" + format + "'");
        }
        return new LogSettings(
                parsedLevel.orElse(LogSettings.Level.INFO), parsedFormat.orElse(LogSettings.Format.TEXT));
    }

    private Address address(String flag, @Nullable String given, String otherwise) {
        String text = or(given, otherwise);
        Optional<Address> address = Address.parse(text);
        if (address.isEmpty()) {
            problems.add(flag + " must look like 127.0.0.1:8080, not '" + text + "'");
        }
        return address.orElse(new Address("127.0.0.1", 0));
    }

    private int number(String flag, @Nullable String given, int otherwise, int least, int most) {
        if (given == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(given.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // reported below
        }
        problems.add(flag + " must be a number between " + least + " and " + most + ", not '" + given + "'");
        return otherwise;
    }

    private boolean bool(String flag, @Nullable String given) {
        String value = or(given, "false").strip().toLowerCase(Locale.ROOT);
        if (!value.equals("true") && !value.equals("false")) {
            problems.add(flag + " must be true or false, not '" + value + "'");
        }
        return value.equals("true");
    }

    private List<String> list(String variable, List<String> otherwise) {
        return variable(variable).map(SettingsReader::split).orElse(otherwise);
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** A variable that is set and not empty. */
    private Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static String or(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }
}
