package io.mcpgateway.api.wire;

/** Header names of HTTP (RFC 9110) that the gateway reads or sets, in lower case as in HTTP/2 and Envoy. */
public final class StandardHeaders {
    public static final String ACCEPT = "accept";
    public static final String ACCEPT_ENCODING = "accept-encoding";
    public static final String ALLOW = "allow";
    public static final String AUTHORIZATION = "authorization";
    public static final String CONNECTION = "connection";
    public static final String CONTENT_ENCODING = "content-encoding";
    public static final String CONTENT_LENGTH = "content-length";
    public static final String CONTENT_TYPE = "content-type";
    public static final String HOST = "host";
    public static final String TRANSFER_ENCODING = "transfer-encoding";
    public static final String USER_AGENT = "user-agent";
    public static final String WWW_AUTHENTICATE = "www-authenticate";

    private StandardHeaders() {}
}
