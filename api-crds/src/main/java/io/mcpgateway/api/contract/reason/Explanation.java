package io.mcpgateway.api.contract.reason;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The answer to the question why something is served or not.
 *
 * @param name that was asked for
 * @param cases everything that may be meant, never empty; not more than {@link #MOST}
 */
public record Explanation(String name, List<Case> cases) {
    /** How many cases and paths are given. */
    public static final int MOST = 20;

    /** Of what is asked, in the query. */
    public static final String NAME_PARAMETER = "name";

    /** Through which virtual server, in the query. */
    public static final String VIRTUAL_SERVER_PARAMETER = "virtualServer";

    /** At which URL, in the query. */
    public static final String URL_PARAMETER = "url";

    /**
     * The claims of a caller: base64url of a JSON object that has {@code allowed-tools} or
     * {@code allowed-capabilities}. Nobody signs them, for they open nothing.
     */
    public static final String CLAIMS_HEADER = "X-Mcp-Why-Claims";

    /**
     * One thing of that name.
     *
     * @param kind {@code tool}, {@code prompt}, {@code resource}, {@code resource template}, {@code server},
     *     {@code virtual server}, {@code URL}, or {@code name} if it is none of them
     * @param name under which clients see it, if they do
     * @param server that lists it; empty for other things
     * @param paths at which it is served, on the gateway's hosts
     * @param code why it is not served, or not all of it
     * @param object what causes that; empty without a code
     */
    public record Case(
            String kind,
            String name,
            boolean served,
            String server,
            List<String> paths,
            Optional<ReasonCode> code,
            String object,
            String message) {
        public Case {
            Objects.requireNonNull(kind, "kind");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(server, "server");
            paths = List.copyOf(paths);
            Objects.requireNonNull(code, "code");
            Objects.requireNonNull(object, "object");
            Objects.requireNonNull(message, "message");
        }
    }

    public Explanation {
        Objects.requireNonNull(name, "name");
        cases = List.copyOf(cases);
    }

    /** Whether something of that name is served. */
    public boolean isServed() {
        return cases.stream().anyMatch(Case::served);
    }
}
