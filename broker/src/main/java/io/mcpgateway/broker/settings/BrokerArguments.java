package io.mcpgateway.broker.settings;

import io.mcpgateway.api.contract.BrokerLaunch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The raw command line; {@link SettingsReader} judges it. Null means not given. */
public final class BrokerArguments {
    @Option(
            names = BrokerLaunch.FLAG_CONFIG,
            paramLabel = "FILE",
            description = "config.yaml; changes are picked up while running (default: ./config/mcp-system/config.yaml)")
    @Nullable
    String configFile;

    @Option(
            names = BrokerLaunch.FLAG_CONFIG_SECRET,
            paramLabel = "NAMESPACE/NAME",
            description =
                    "in a cluster: the Secret to watch for config.yaml; the file is used while it cannot be watched"
                            + " (default: mcp-gateway-config in the namespace of variable POD_NAMESPACE, if that is set)")
    @Nullable
    String configSecret;

    @Option(
            names = BrokerLaunch.FLAG_PUBLIC_HOST,
            paramLabel = "HOST",
            description = "host name that clients use for the gateway; required unless --embedded-gateway is given")
    @Nullable
    String publicHost;

    @Option(
            names = BrokerLaunch.FLAG_PRIVATE_HOST,
            paramLabel = "HOST:PORT",
            description = "address at which this process reaches the gateway listener; http:// unless a scheme is given"
                    + " (default: mcp-gateway-istio.gateway-system.svc.cluster.local:8080)")
    @Nullable
    String privateHost;

    @Option(
            names = BrokerLaunch.FLAG_BROKER_ADDRESS,
            paramLabel = "HOST:PORT",
            description = "address to serve HTTP on: /mcp, /status, health (default: 0.0.0.0:8080)")
    @Nullable
    String brokerAddress;

    @Option(
            names = BrokerLaunch.FLAG_ROUTER_ADDRESS,
            paramLabel = "HOST:PORT",
            description = "address to serve Envoy's external processor on, gRPC (default: 0.0.0.0:50051)")
    @Nullable
    String routerAddress;

    @Option(
            names = BrokerLaunch.FLAG_EMBEDDED_GATEWAY,
            paramLabel = "HOST:PORT",
            description =
                    "run the built-in gateway on this address: a reverse proxy with the same routing, without Envoy")
    @Nullable
    String embeddedGateway;

    @Option(
            names = {BrokerLaunch.FLAG_METRICS_ADDRESS, "--metrics-address"},
            paramLabel = "HOST:PORT",
            description = "address to serve Prometheus metrics on, or 'none' (default: 0.0.0.0:9090)")
    @Nullable
    String metricsAddress;

    @Option(
            names = BrokerLaunch.FLAG_CHECK_INTERVAL,
            paramLabel = "SECONDS",
            description = "time between health checks of a server (default: 60)")
    @Nullable
    String checkInterval;

    @Option(
            names = BrokerLaunch.FLAG_LIST_PAGE_SIZE,
            paramLabel = "ITEMS",
            description = "maximum number of items per page of tools/list and the other lists (default: 1000)")
    @Nullable
    String listPageSize;

    @Option(
            names = BrokerLaunch.FLAG_SESSION_LENGTH,
            paramLabel = "MINUTES",
            description = "lifetime of a session; 0 means 24 hours (default: 1440)")
    @Nullable
    String sessionLength;

    @Option(
            names = BrokerLaunch.FLAG_SESSION_STORE,
            paramLabel = "URL",
            description =
                    "URL of a session store that replicas share: redis://user:password@host:6379/0, rediss:// for TLS;"
                            + " if it has a password, use the variable CACHE_CONNECTION_STRING instead (default: in memory)")
    @Nullable
    String sessionStore;

    @Option(
            names = BrokerLaunch.FLAG_ENFORCE_TOOLS,
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOLEAN",
            description = "hide all tools from requests without a signed header that lists tools (default: false)")
    @Nullable
    String enforceTools;

    @Option(
            names = BrokerLaunch.FLAG_ENFORCE_CAPABILITIES,
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOLEAN",
            description = "the same for tools, prompts and resources (default: false)")
    @Nullable
    String enforceCapabilities;

    @Option(
            names = BrokerLaunch.FLAG_ALLOWED_ORIGINS,
            paramLabel = "ORIGIN,...",
            description = "origins of web pages that may use /mcp, in addition to the public host; '*' for all;"
                    + " variable MCP_ALLOWED_ORIGINS (default: none)")
    @Nullable
    String allowedOrigins;

    @Option(
            names = BrokerLaunch.FLAG_ALLOW_LINK_LOCAL,
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOLEAN",
            description =
                    "also connect to servers at link-local and metadata addresses (169.254.0.0/16, fe80::/10, ...);"
                            + " variable MCP_ALLOW_LINK_LOCAL_UPSTREAMS (default: false)")
    @Nullable
    String allowLinkLocal;

    @Option(
            names = BrokerLaunch.FLAG_MAX_CALLS_PER_SESSION,
            paramLabel = "CALLS",
            description =
                    "maximum number of concurrent calls per session; more get 429; 0 means no limit; behind Envoy,"
                            + " only calls that wait for their server's session count (default: 256)")
    @Nullable
    String maxCallsPerSession;

    @Option(
            names = BrokerLaunch.FLAG_MAX_CALLS_PER_SERVER,
            paramLabel = "CALLS",
            description = "the same per server, for all sessions together (default: 1024)")
    @Nullable
    String maxCallsPerServer;

    @Option(
            names = BrokerLaunch.FLAG_CALL_TIMEOUT,
            paramLabel = "SECONDS",
            description =
                    "how long a call may take, until the end of the response; callTimeoutSeconds of a server overrides it"
                            + " (default: no limit, but the built-in gateway gives up after 300 s without data)")
    @Nullable
    String callTimeout;

    @Option(
            names = BrokerLaunch.FLAG_SERVER_INSTRUCTIONS,
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "BOOLEAN",
            description =
                    "the response to initialize contains the instructions of the servers that the client can see (default: true)")
    @Nullable
    String serverInstructions;

    @Option(
            names = BrokerLaunch.FLAG_WRITE_TIMEOUT,
            paramLabel = "SECONDS",
            description = "accepted for compatibility; streams are never cut by a write timeout")
    @Nullable
    String writeTimeout;

    @Option(
            names = BrokerLaunch.FLAG_LOG_LEVEL,
            paramLabel = "LEVEL",
            description = "debug, info, warn or error (also -4, 0, 4, 8); variable LOG_LEVEL (default: info)")
    @Nullable
    String logLevel;

    @Option(names = BrokerLaunch.FLAG_LOG_FORMAT, paramLabel = "FORMAT", description = "txt or json (default: txt)")
    @Nullable
    String logFormat;

    @Option(
            names = {"--session-signing-key", "--gateway-signing-key", "--mcp-router-key"},
            hidden = true)
    @Nullable
    String keyOnCommandLine;
}
