package io.mcpgateway.api.contract;

import io.mcpgateway.api.wire.GatewayHeaders;

/**
 * What both processes know of the broker's command line, environment, ports and paths: the controller writes it into
 * the Deployment, the broker reads it. Settings that only the broker knows are declared there. The names are those of
 * the Go project, so one replaces the other.
 */
public final class BrokerLaunch {
    /** What {@link GatewayHeaders#SERVER_NAME} calls the broker, on messages that it answers itself. */
    public static final String SERVER_NAME = "mcpBroker";

    /** How the gateway introduces itself to MCP clients: the name in {@code serverInfo}. */
    public static final String SERVER_INFO_NAME = "MCP Gateway";

    public static final String FLAG_ROUTER_ADDRESS = "--mcp-router-address";
    public static final String FLAG_BROKER_ADDRESS = "--mcp-broker-public-address";
    public static final String FLAG_PUBLIC_HOST = "--mcp-gateway-public-host";
    public static final String FLAG_PRIVATE_HOST = "--mcp-gateway-private-host";
    public static final String FLAG_CONFIG = "--mcp-gateway-config";
    /** NAMESPACE/NAME of the Secret to watch; the file of {@link #FLAG_CONFIG} counts while it cannot be watched. */
    public static final String FLAG_CONFIG_SECRET = "--mcp-gateway-config-secret";

    public static final String FLAG_CHECK_INTERVAL = "--mcp-check-interval";
    /** Where replicas keep their sessions; {@link #ENV_SESSION_STORE} keeps its password off the command line. */
    public static final String FLAG_SESSION_STORE = "--cache-connection-string";

    public static final String FLAG_LOG_LEVEL = "--log-level";
    public static final String FLAG_METRICS_ADDRESS = "--metrics-addr";

    /** Seconds that a call may take to a server without a limit of its own. */
    public static final String FLAG_CALL_TIMEOUT = "--call-timeout";

    /** Whether the answer to initialize carries the servers' instructions. */
    public static final String FLAG_SERVER_INSTRUCTIONS = "--server-instructions";

    /** Whether the broker answers on {@link #REGISTRY_PATH}. */
    public static final String FLAG_REGISTRY_API = "--registry-api";

    public static final String ENV_SIGNING_KEY = "GATEWAY_SIGNING_KEY";
    public static final String ENV_SIGNING_KEY_FALLBACK = "JWT_SESSION_SIGNING_KEY";
    /** PEM of the public key with which headers of a trusted authorization layer are verified. */
    public static final String ENV_TRUSTED_HEADER_KEY = "TRUSTED_HEADER_PUBLIC_KEY";

    /** Also the key of the Secret that holds it. */
    public static final String ENV_SESSION_STORE = "CACHE_CONNECTION_STRING";

    public static final String ENV_LOG_LEVEL = "LOG_LEVEL";

    /** Of OpenTelemetry, whose other variables the broker reads as well. */
    public static final String ENV_OTLP_ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static final String ENV_TRACES_SAMPLER = "OTEL_TRACES_SAMPLER";
    public static final String ENV_TRACES_SAMPLER_ARG = "OTEL_TRACES_SAMPLER_ARG";
    public static final String ENV_OAUTH_RESOURCE_NAME = "OAUTH_RESOURCE_NAME";
    public static final String ENV_OAUTH_RESOURCE = "OAUTH_RESOURCE";
    public static final String ENV_OAUTH_AUTHORIZATION_SERVERS = "OAUTH_AUTHORIZATION_SERVERS";
    public static final String ENV_OAUTH_BEARER_METHODS = "OAUTH_BEARER_METHODS_SUPPORTED";
    public static final String ENV_OAUTH_SCOPES = "OAUTH_SCOPES_SUPPORTED";

    /** Larger messages are refused with 413. */
    public static final int MAX_BODY_BYTES = 5 * 1024 * 1024;

    public static final int HTTP_PORT = 8080;
    public static final int GRPC_PORT = 50051;
    public static final int METRICS_PORT = 9090;

    public static final String CONFIG_PATH = "/config/config.yaml";
    public static final String MCP_PATH = "/mcp";
    public static final String STATUS_PATH = "/status";

    /** Where the broker says why something is served or not. */
    public static final String WHY_PATH = STATUS_PATH + "/why";

    /** Where the broker says what its router would decide about a call. */
    public static final String ROUTE_PATH = STATUS_PATH + "/route";

    /** Where the broker tries whether a server can be reached as calls reach it. */
    public static final String REACH_PATH = STATUS_PATH + "/reach";

    public static final String LIVENESS_PATH = "/healthz";
    public static final String READINESS_PATH = "/readyz";
    /** RFC 9728, section 3.1; the resource's own path may follow. */
    public static final String PROTECTED_RESOURCE_PATH = "/.well-known/oauth-protected-resource";

    /** The list of an MCP registry (its API v0.1). */
    public static final String REGISTRY_PATH = "/v0.1/servers";

    private BrokerLaunch() {}
}
