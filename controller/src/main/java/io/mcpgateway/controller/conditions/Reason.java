package io.mcpgateway.controller.conditions;

/** Reasons of conditions, as users and scripts grep them. The first block is the Go project's. */
public final class Reason {
    public static final String VALID_EXTENSION = "ValidMCPGatewayExtension";
    public static final String INVALID_EXTENSION = "InvalidMCPGatewayExtension";
    public static final String REFERENCE_GRANT_REQUIRED = "ReferenceGrantRequired";
    public static final String DEPLOYMENT_NOT_READY = "DeploymentNotReady";
    public static final String SECRET_NOT_FOUND = "SecretNotFound";
    public static final String SECRET_INVALID = "SecretInvalid";
    public static final String READY = "Ready";
    public static final String NOT_READY = "NotReady";
    public static final String DISABLED = "Disabled";
    public static final String PROGRAMMED = "Programmed";
    public static final String ROUTE_IN_USE = "InUseByMCPServerRegistration";

    /** Event: what did not answer is served again. */
    public static final String RECOVERED = "Recovered";

    /** Ready=False of an extension whose EnvoyFilter the API server refuses. */
    public static final String ENVOY_FILTER_NOT_APPLIED = "EnvoyFilterNotApplied";

    /** Ready=False of an extension whose brokers do not get TLS with the gateway's own listener. */
    public static final String GATEWAY_NOT_TRUSTED = "GatewayNotTrusted";

    /** Accepted=True. */
    public static final String ACCEPTED = "Accepted";
    /** Programmed=False: some replica still runs another configuration. ToolsResolved=False: not known yet. */
    public static final String PENDING = "Pending";
    /** Programmed=False and Ready=False of an extension: no Secret can hold its configuration. */
    public static final String CONFIG_TOO_LARGE = "ConfigTooLarge";
    /** Ready=False of an extension: the API server refuses another object. Programmed=False: the configuration. */
    public static final String WRITE_REFUSED = "WriteRefused";
    /** Programmed=False: there is nothing to run, because the object is not accepted. */
    public static final String NOT_ACCEPTED = "NotAccepted";

    /** Accepted=False of a registration. */
    public static final String ROUTE_NOT_FOUND = "HTTPRouteNotFound";

    public static final String ROUTE_NOT_ATTACHED = "HTTPRouteNotAttached";
    public static final String NO_EXTENSION = "NoValidMCPGatewayExtension";
    /** Calls to a host of the route go, or may go, to another backend. */
    public static final String HOSTNAME_TAKEN = "HostnameTaken";

    /** Accepted=False of a virtual server: an older one has the path. */
    public static final String PATH_TAKEN = "PathTaken";

    /** Accepted=False of a virtual server: no listener of an extension takes its host. */
    public static final String HOSTNAME_NOT_ADMITTED = "HostnameNotAdmitted";

    /** Event: another route shares or covers a host, but takes no calls. */
    public static final String HOSTNAME_SHARED = "HostnameShared";

    public static final String INVALID_ROUTE = "InvalidHTTPRoute";
    public static final String INVALID_SPEC = "InvalidSpec";
    public static final String BACKEND_NOT_FOUND = "BackendNotFound";

    /** Ready=False of a virtual server none of whose tools exists. */
    public static final String NO_TOOLS = "NoTools";

    /** Ready=False of a virtual server that allows other MCP revisions than every gateway. */
    public static final String NO_PROTOCOL_VERSION = "NoProtocolVersion";

    /** ToolsResolved=True. */
    public static final String TOOLS_FOUND = "ToolsFound";
    /** ToolsResolved=False: the message lists them. */
    public static final String TOOLS_NOT_FOUND = "ToolsNotFound";

    /** ToolsApproved=True. */
    public static final String APPROVED = "Approved";
    /** ToolsApproved=False, and the tools that the message lists are served. */
    public static final String UNAPPROVED = "Unapproved";
    /** ToolsApproved=False, and the tools that the message lists are neither listed nor callable. */
    public static final String QUARANTINED = "Quarantined";

    private Reason() {}
}
