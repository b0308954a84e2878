package io.mcpgateway.broker.settings;

import io.mcpgateway.api.contract.BrokerLaunch;
import io.mcpgateway.api.contract.CallTimeout;
import io.mcpgateway.broker.config.SecretName;
import io.mcpgateway.broker.limits.CallLimits;
import io.mcpgateway.broker.network.Address;
import io.mcpgateway.broker.network.AddressRule;
import io.mcpgateway.broker.session.SigningKey;
import io.mcpgateway.broker.session.redis.RedisUrl;
import io.mcpgateway.broker.settings.Setting.Outcome;
import io.mcpgateway.runtime.LogSettings;
import java.net.URI;
import java.nio.file.Path;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import java.util.Optional;

/** Every setting of the broker, in the order of {@code --help}. To add one, declare it here, add it to {@link #ALL}, and use it. */
public final class BrokerOptions {
    private static final int MOST_CALLS = 1_000_000;
    private static final int MINUTES_OF_A_DAY = 1440;

    public static final Setting<Path> CONFIG_FILE = Setting.flag("FILE", BrokerLaunch.FLAG_CONFIG)
            .help("config.yaml; changes are picked up while running (default: ./config/mcp-system/config.yaml)")
            .as(text -> new Outcome.Value<>(Path.of(text)), Path.of("./config/mcp-system/config.yaml"));

    public static final Setting<Optional<SecretName>> CONFIG_SECRET = Setting.flag(
                    "NAMESPACE/NAME", BrokerLaunch.FLAG_CONFIG_SECRET)
            .help("in a cluster: the Secret to watch for config.yaml; the file is used while it cannot be watched"
                    + " (default: mcp-gateway-config in the namespace of variable POD_NAMESPACE, if that is set)")
            .optional(SecretName::parse, "look like namespace/name");

    public static final Setting<Optional<String>> PUBLIC_HOST = Setting.flag("HOST", BrokerLaunch.FLAG_PUBLIC_HOST)
            .help("host name that clients use for the gateway; required unless --embedded-gateway is given")
            .as(OptionTexts::hostName, Optional.empty());

    public static final Setting<Optional<URI>> PRIVATE_URL = Setting.flag("HOST:PORT", BrokerLaunch.FLAG_PRIVATE_HOST)
            .help("address at which this process reaches the gateway listener; http:// unless a scheme is given"
                    + " (default: mcp-gateway-istio.gateway-system.svc.cluster.local:8080)")
            .as(OptionTexts::listenerUrl, Optional.empty());

    public static final Setting<Address> BROKER_ADDRESS = Setting.flag("HOST:PORT", BrokerLaunch.FLAG_BROKER_ADDRESS)
            .help("address to serve HTTP on: /mcp, /status, health (default: 0.0.0.0:8080)")
            .parsed(Address::parse, OptionTexts.ADDRESS, new Address("0.0.0.0", BrokerLaunch.HTTP_PORT));

    public static final Setting<Address> ROUTER_ADDRESS = Setting.flag("HOST:PORT", BrokerLaunch.FLAG_ROUTER_ADDRESS)
            .help("address to serve Envoy's external processor on, gRPC (default: 0.0.0.0:50051)")
            .parsed(Address::parse, OptionTexts.ADDRESS, new Address("0.0.0.0", BrokerLaunch.GRPC_PORT));

    public static final Setting<Optional<Address>> EMBEDDED_GATEWAY = Setting.flag("HOST:PORT", "--embedded-gateway")
            .help("run the built-in gateway on this address: a reverse proxy with the same routing, without Envoy")
            .optional(Address::parse, OptionTexts.ADDRESS);

    public static final Setting<Optional<Address>> METRICS_ADDRESS = Setting.flag(
                    "HOST:PORT", BrokerLaunch.FLAG_METRICS_ADDRESS, "--metrics-address")
            .help("address to serve Prometheus metrics on, or 'none' (default: 0.0.0.0:9090)")
            .as(OptionTexts::addressOrNone, Optional.of(new Address("0.0.0.0", BrokerLaunch.METRICS_PORT)));

    public static final Setting<Integer> CHECK_INTERVAL_SECONDS = Setting.flag(
                    "SECONDS", BrokerLaunch.FLAG_CHECK_INTERVAL)
            .help("time between health checks of a server (default: 60)")
            .number(1, 86_400, 60);

    public static final Setting<Integer> LIST_PAGE_SIZE = Setting.flag("ITEMS", "--list-page-size")
            .help("maximum number of items per page of tools/list and the other lists (default: 1000)")
            .number(1, 100_000, 1000);

    public static final Setting<Integer> SESSION_MINUTES = Setting.flag("MINUTES", "--session-length")
            .help("lifetime of a session; 0 means 24 hours (default: 1440)")
            .number(0, MINUTES_OF_A_DAY * 366, MINUTES_OF_A_DAY);

    /** Refused without repeating it, and never logged: there is a password in it. */
    public static final Setting<Optional<RedisUrl>> SESSION_STORE = Setting.flag("URL", BrokerLaunch.FLAG_SESSION_STORE)
            .orVariable(BrokerLaunch.ENV_SESSION_STORE)
            .help("URL of a session store that replicas share: redis://user:password@host:6379/0, rediss:// for TLS;"
                    + " if it has a password, use the variable CACHE_CONNECTION_STRING instead (default: in memory)")
            .as(OptionTexts::redisUrl, Optional.empty());

    public static final Setting<Boolean> ENFORCE_TOOLS = Setting.flag("BOOLEAN", "--enforce-tool-filtering")
            .help("hide all tools from requests without a signed header that lists tools (default: false)")
            .toggle(false);

    public static final Setting<Boolean> ENFORCE_CAPABILITIES = Setting.flag(
                    "BOOLEAN", "--enforce-capability-filtering")
            .help("the same for tools, prompts and resources (default: false)")
            .toggle(false);

    public static final Setting<List<String>> ALLOWED_ORIGINS = Setting.flag("ORIGIN,...", "--allowed-origins")
            .orVariable("MCP_ALLOWED_ORIGINS")
            .help("origins of web pages that may use /mcp, in addition to the public host; '*' for all;"
                    + " variable MCP_ALLOWED_ORIGINS (default: none)")
            .as(OptionTexts::origins, List.of());

    public static final Setting<Boolean> ALLOW_LINK_LOCAL = Setting.flag("BOOLEAN", AddressRule.FLAG_EVERYWHERE)
            .orVariable("MCP_ALLOW_LINK_LOCAL_UPSTREAMS")
            .help("also connect to servers at link-local and metadata addresses (169.254.0.0/16, fe80::/10, ...);"
                    + " variable MCP_ALLOW_LINK_LOCAL_UPSTREAMS (default: false)")
            .toggle(false);

    public static final Setting<Integer> MAX_CALLS_PER_SESSION = Setting.flag("CALLS", "--max-calls-per-session")
            .help("maximum number of concurrent calls per session; more get 429; 0 means no limit; behind Envoy,"
                    + " only calls that wait for their server's session count (default: 256)")
            .number(0, MOST_CALLS, 256);

    public static final Setting<Integer> MAX_CALLS_PER_SERVER = Setting.flag("CALLS", CallLimits.FLAG_PER_SERVER)
            .help("the same per server, for all sessions together (default: 1024)")
            .number(0, MOST_CALLS, 1024);

    public static final Setting<Integer> CALL_TIMEOUT_SECONDS = Setting.flag("SECONDS", BrokerLaunch.FLAG_CALL_TIMEOUT)
            .help("how long a call may take, until the end of the response; callTimeoutSeconds of a server overrides it"
                    + " (default: no limit, but the built-in gateway gives up after 300 s without data)")
            .number(CallTimeout.MIN_SECONDS, CallTimeout.MAX_SECONDS, BrokerSettings.NO_LIMIT);

    public static final Setting<Integer> INPUT_SECONDS = Setting.flag("SECONDS", "--input-timeout")
            .help("how long a call of a client of MCP 2026-07-28 waits for the input that a server of an older revision"
                    + " asked for; then it is cancelled (default: 300)")
            .number(1, CallTimeout.MAX_SECONDS, 300);

    public static final Setting<Boolean> SERVER_INSTRUCTIONS = Setting.flag(
                    "BOOLEAN", BrokerLaunch.FLAG_SERVER_INSTRUCTIONS)
            .help("the response to initialize contains the instructions of the servers that the client can see"
                    + " (default: true)")
            .toggle(true);

    public static final Setting<Boolean> REGISTRY_API = Setting.flag("BOOLEAN", BrokerLaunch.FLAG_REGISTRY_API)
            .help("serve the URLs of the gateway as an MCP registry at /v0.1/servers, which anybody may read, for"
                    + " clients whose organization sets such a list (default: false)")
            .toggle(false);

    public static final Setting<Integer> DRAIN_SECONDS = Setting.flag("SECONDS", "--drain-timeout")
            .help("how long calls in progress may take to finish after SIGTERM; a Pod is killed after its"
                    + " terminationGracePeriodSeconds, which is 60 (default: 20)")
            .number(0, 3600, 20);

    public static final Setting<Integer> WARM_UP_SECONDS = Setting.flag("SECONDS", "--warm-up")
            .help("how long the start may take to warm up with requests of its own before /readyz says ready; 0 means"
                    + " no warm-up (default: 2)")
            .number(0, 30, 2);

    public static final Setting<String> WRITE_TIMEOUT = Setting.flag("SECONDS", "--mcp-broker-write-timeout")
            .help("accepted for compatibility; streams are never cut by a write timeout")
            .text("");

    public static final Setting<LogSettings.Level> LOG_LEVEL = Setting.flag("LEVEL", BrokerLaunch.FLAG_LOG_LEVEL)
            .orVariable(BrokerLaunch.ENV_LOG_LEVEL)
            .help("debug, info, warn or error (also -4, 0, 4, 8); variable LOG_LEVEL (default: info)")
            .parsed(LogSettings.Level::parse, "be debug, info, warn or error", LogSettings.Level.INFO);

    public static final Setting<LogSettings.Format> LOG_FORMAT = Setting.flag("FORMAT", "--log-format")
            .help("txt or json (default: txt)")
            .parsed(LogSettings.Format::parse, "be txt or json", LogSettings.Format.TEXT);

    public static final Setting<Optional<String>> AUDIT_LOG = Setting.flag("FILE", "--audit-log")
            .orVariable("MCP_AUDIT_LOG")
            .help("write one line of JSON for each call to this file, to standard output with 'stdout', or to an"
                    + " OpenTelemetry collector with 'otlp'; variable MCP_AUDIT_LOG (default: no lines)")
            .optionalText();

    public static final Setting<AuditMode> AUDIT_MODE = Setting.flag("MODE", "--audit-log-mode")
            .orVariable("MCP_AUDIT_LOG_MODE")
            .help(
                    "batch: calls never wait for their lines; blocking-strict: a call only goes on if its line is written;"
                            + " variable MCP_AUDIT_LOG_MODE (default: batch)")
            .parsed(AuditMode::parse, "be batch or blocking-strict", AuditMode.BATCH);

    public static final Setting<Boolean> AUDIT_ARGUMENTS = Setting.flag("BOOLEAN", "--audit-log-arguments")
            .orVariable("MCP_AUDIT_LOG_ARGUMENTS")
            .help("lines have the arguments of calls as well, which may be personal data or secrets; variable"
                    + " MCP_AUDIT_LOG_ARGUMENTS (default: false)")
            .toggle(false);

    /** Everyone on the machine could read it, so {@link BrokerSettings} refuses it. */
    static final Setting<Optional<String>> KEY_ON_COMMAND_LINE = Setting.flag(
                    "KEY", "--session-signing-key", "--gateway-signing-key", "--mcp-router-key")
            .inNoHelp()
            .optionalText();

    public static final Setting<Optional<SigningKey>> SIGNING_KEY = Setting.variable(
                    BrokerLaunch.ENV_SIGNING_KEY, BrokerLaunch.ENV_SIGNING_KEY_FALLBACK)
            .as(OptionTexts::signingKey, Optional.empty());

    static final Setting<Optional<ECPublicKey>> TRUSTED_HEADER_KEY =
            Setting.variable(BrokerLaunch.ENV_TRUSTED_HEADER_KEY).as(OptionTexts::publicKey, Optional.empty());

    static final Setting<String> OAUTH_RESOURCE_NAME =
            Setting.variable(BrokerLaunch.ENV_OAUTH_RESOURCE_NAME).text("MCP Server");

    static final Setting<Optional<String>> OAUTH_RESOURCE =
            Setting.variable(BrokerLaunch.ENV_OAUTH_RESOURCE).optionalText();

    static final Setting<List<String>> OAUTH_AUTHORIZATION_SERVERS =
            Setting.variable(BrokerLaunch.ENV_OAUTH_AUTHORIZATION_SERVERS).list(List.of());

    static final Setting<List<String>> OAUTH_BEARER_METHODS =
            Setting.variable(BrokerLaunch.ENV_OAUTH_BEARER_METHODS).list(List.of("header"));

    static final Setting<List<String>> OAUTH_SCOPES =
            Setting.variable(BrokerLaunch.ENV_OAUTH_SCOPES).list(List.of("basic"));

    /** Both are set in a Pod that knows its namespace. */
    static final Setting<Optional<String>> POD_NAMESPACE =
            Setting.variable("POD_NAMESPACE").optionalText();

    static final Setting<Optional<String>> KUBERNETES_HOST =
            Setting.variable("KUBERNETES_SERVICE_HOST").optionalText();

    public static final List<Setting<?>> ALL = List.of(
            CONFIG_FILE,
            CONFIG_SECRET,
            PUBLIC_HOST,
            PRIVATE_URL,
            BROKER_ADDRESS,
            ROUTER_ADDRESS,
            EMBEDDED_GATEWAY,
            METRICS_ADDRESS,
            CHECK_INTERVAL_SECONDS,
            LIST_PAGE_SIZE,
            SESSION_MINUTES,
            SESSION_STORE,
            ENFORCE_TOOLS,
            ENFORCE_CAPABILITIES,
            ALLOWED_ORIGINS,
            ALLOW_LINK_LOCAL,
            MAX_CALLS_PER_SESSION,
            MAX_CALLS_PER_SERVER,
            CALL_TIMEOUT_SECONDS,
            INPUT_SECONDS,
            SERVER_INSTRUCTIONS,
            REGISTRY_API,
            DRAIN_SECONDS,
            WARM_UP_SECONDS,
            WRITE_TIMEOUT,
            LOG_LEVEL,
            LOG_FORMAT,
            AUDIT_LOG,
            AUDIT_MODE,
            AUDIT_ARGUMENTS,
            KEY_ON_COMMAND_LINE,
            SIGNING_KEY,
            TRUSTED_HEADER_KEY,
            OAUTH_RESOURCE_NAME,
            OAUTH_RESOURCE,
            OAUTH_AUTHORIZATION_SERVERS,
            OAUTH_BEARER_METHODS,
            OAUTH_SCOPES,
            POD_NAMESPACE,
            KUBERNETES_HOST);

    private BrokerOptions() {}
}
