package io.mcpgateway.e2e.servers;

import java.util.Objects;

/**
 * The options of a sample server.
 *
 * @param port TCP port, 0 for any free one
 * @param tools the number of tools of {@link SampleKind#MANY_TOOLS}
 * @param token what {@link SampleKind#API_KEY} requires after {@code Bearer }
 */
public record SampleOptions(SampleKind kind, String host, int port, int tools, String token) {
    /** The credential in the guide's test server manifests. */
    public static final String DEFAULT_TOKEN = "test-api-key-secret-token";

    public SampleOptions {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(token, "token");
    }

    /** A server of this kind on a free port of this machine. */
    public static SampleOptions local(SampleKind kind) {
        return new SampleOptions(kind, "127.0.0.1", 0, 100, DEFAULT_TOKEN);
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "SampleOptions[" + kind.label() + " " + host + ":" + port + "]";
    }
}
