package io.mcpgateway.api.contract.reason;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether a broker reaches a server as calls do, through the Gateway; the document of {@code /status/reach}. Discovery asks
 * the server's Service directly, so it does not notice what stands in the way of calls.
 *
 * @param server the registration, {@code namespace/name}
 * @param outcome {@link #REACHED}, {@link #REFUSED} or {@link #FAILED}
 * @param detail why not, for people; empty if it was reached
 * @param millis how long it took
 */
public record ServerReach(String server, String outcome, String detail, long millis) {
    /** The server answered. */
    public static final String REACHED = "reached";

    /** The server, or a policy on the way, wants a credential, which only callers have (HTTP 401 or 403). */
    public static final String REFUSED = "refused";

    /** Something else answered, or nothing, or the server did not understand what arrived. */
    public static final String FAILED = "failed";

    /** Names the server, in the query. */
    public static final String SERVER_PARAMETER = "server";

    private static final ObjectMapper JSON = new ObjectMapper();

    public ServerReach {
        Objects.requireNonNull(server, "server");
        Objects.requireNonNull(outcome, "outcome");
        Objects.requireNonNull(detail, "detail");
    }

    /** As JSON. Members may be added; unknown ones are ignored. */
    public String json() {
        ObjectNode root = JSON.createObjectNode().put("server", server).put("outcome", outcome);
        if (!detail.isEmpty()) {
            root.put("detail", detail);
        }
        return root.put("millis", millis).toString();
    }

    /** Empty if it is not such a document. */
    public static Optional<ServerReach> parse(byte[] document) {
        try {
            JsonNode root = JSON.readTree(document);
            return root == null || !root.path("outcome").isTextual()
                    ? Optional.empty()
                    : Optional.of(new ServerReach(
                            root.path("server").asText(),
                            root.path("outcome").asText(),
                            root.path("detail").asText(),
                            root.path("millis").asLong()));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
