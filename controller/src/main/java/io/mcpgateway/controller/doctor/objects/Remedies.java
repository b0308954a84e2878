package io.mcpgateway.controller.doctor.objects;

/** What to do about a call that fails: one command or hint for each kind of failure. */
public enum Remedies {
    IN_CLUSTER(
            "kubectl get gateway -A   # its address; DNS and firewalls in between, or give --gateway-url",
            "kubectl get authorizationpolicy -A; kubectl get authpolicy -A",
            "kubectl get httproute -A   # which one has the host of the URL and the path /mcp?",
            "kubectl logs -n mcp-system -l app=mcp-gateway --tail=50",
            "kubectl get envoyfilter -A",
            "kubectl get mcpgatewayextension -A -o yaml   # docs/sessions-and-scaling.md says what replicas share",
            "kubectl get requestauthentication,authpolicy -A -o yaml   # issuer, audience and keys have to fit the token",
            "kubectl get envoyfilter,ratelimitpolicy -A   # which one limits requests at the Gateway?"),
    WITHOUT_CLUSTER(
            "is the gateway running? Its address is that of --embedded-gateway; give it with --gateway-url",
            "which proxy in front of the gateway forbids it?",
            "give the gateway's own address with --gateway-url",
            "read the broker's log; --log-level=debug says why it refuses a request",
            "which proxy in front of the gateway removes it?",
            "give every broker the same signing key and session store; see docs/sessions-and-scaling.md",
            "which proxy in front of the gateway checks tokens? Issuer, audience and keys have to fit",
            "which proxy in front of the gateway limits requests?");

    private final String unreachable;
    private final String forbidden;
    private final String noRoute;
    private final String failing;
    private final String noSession;
    private final String sessionLost;
    private final String tokenRefused;
    private final String limited;

    Remedies(
            String unreachable,
            String forbidden,
            String noRoute,
            String failing,
            String noSession,
            String sessionLost,
            String tokenRefused,
            String limited) {
        this.unreachable = unreachable;
        this.forbidden = forbidden;
        this.noRoute = noRoute;
        this.failing = failing;
        this.noSession = noSession;
        this.sessionLost = sessionLost;
        this.tokenRefused = tokenRefused;
        this.limited = limited;
    }

    /** Nobody answers. */
    String unreachable() {
        return unreachable;
    }

    /** The answer is 403. */
    String forbidden() {
        return forbidden;
    }

    /** Somebody else answers, or nobody is behind the gateway. */
    String noRoute() {
        return noRoute;
    }

    /** The gateway answers with an error. */
    String failing() {
        return failing;
    }

    /** The answer to initialize has no session. */
    String noSession() {
        return noSession;
    }

    /** The session is not known any more. */
    String sessionLost() {
        return sessionLost;
    }

    /** The answer is 429, and not the gateway's. */
    String limited() {
        return limited;
    }

    /** The answer is 401, with a token. */
    public String tokenRefused() {
        return tokenRefused;
    }
}
