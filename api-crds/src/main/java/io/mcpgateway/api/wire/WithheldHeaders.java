package io.mcpgateway.api.wire;

import java.util.List;

/**
 * The headers that do not pass the gateway, for calls, for the broker's own requests on behalf of a client, and
 * with and without Envoy. All other headers pass; docs/adr/012 explains why those are not listed instead. Names are in lower case.
 */
public final class WithheldHeaders {
    /**
     * Credentials of a client, or of a proxy in front of the gateway, for the gateway. One server could use them to
     * act as the caller at another one.
     */
    public static final List<String> FROM_SERVERS = List.of(
            "cookie",
            "cookie2",
            "proxy-authorization",
            "proxy-connection",
            // Tokens and identities that proxies in front add for the application behind them, here the gateway.
            "x-forwarded-access-token",
            "x-forwarded-id-token",
            "x-forwarded-client-cert",
            "x-auth-request-access-token",
            "x-amzn-oidc-accesstoken",
            "x-amzn-oidc-data",
            "x-goog-iap-jwt-assertion",
            "x-goog-authenticated-user-email",
            "x-goog-authenticated-user-id",
            "cf-access-jwt-assertion",
            "x-ms-token-aad-access-token",
            "x-ms-token-aad-id-token",
            "x-ms-token-aad-refresh-token",
            "x-ms-client-principal");

    /**
     * Headers that a browser or a proxy would attribute to the gateway's host: one server would speak for all others.
     */
    public static final List<String> FROM_CLIENTS = List.of(
            "accept-ch",
            "access-control-allow-credentials",
            "access-control-allow-headers",
            "access-control-allow-methods",
            "access-control-allow-origin",
            "access-control-allow-private-network",
            "access-control-expose-headers",
            "access-control-max-age",
            "activate-storage-access",
            "alt-svc",
            "authentication-info",
            "clear-site-data",
            "content-location",
            "content-security-policy",
            "content-security-policy-report-only",
            "critical-ch",
            "cross-origin-embedder-policy",
            "cross-origin-embedder-policy-report-only",
            "cross-origin-opener-policy",
            "cross-origin-opener-policy-report-only",
            "cross-origin-resource-policy",
            "expect-ct",
            "feature-policy",
            "link",
            "location",
            "nel",
            "observe-browsing-topics",
            "origin-agent-cluster",
            "origin-trial",
            "permissions-policy",
            "proxy-authenticate",
            "proxy-authentication-info",
            "public-key-pins",
            "public-key-pins-report-only",
            "referrer-policy",
            "refresh",
            "report-to",
            "reporting-endpoints",
            "service-worker-allowed",
            "set-cookie",
            "set-cookie2",
            "set-login",
            "speculation-rules",
            "strict-transport-security",
            "supports-loading-mode",
            "timing-allow-origin",
            "x-accel-redirect",
            "x-frame-options",
            "x-sendfile");

    /** Login challenges. They only reach a client if its own token was sent to the server. */
    public static final List<String> CHALLENGES =
            List.of(StandardHeaders.WWW_AUTHENTICATE, "optional-www-authenticate");

    private WithheldHeaders() {}
}
