package io.mcpgateway.broker.refusal;

import io.mcpgateway.api.wire.JsonRpcCodes;
import io.mcpgateway.api.wire.MediaTypes;
import io.mcpgateway.broker.era.ServedRevisions;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcError;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.JsonRpcText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The refusal of a revision that is not served (MCP 2026-07-28, "Versioning"): the client goes on with one of {@code
 * data.supported}, or tells its user which ones there are.
 */
public final class RevisionRefusals {
    private static final int SHOWN_REVISION = 64;
    private static final String NOTHING_SERVED = "no revision at all is allowed here, because the protocolVersions of"
            + " the virtual server and of the gateway have none in common";

    private RevisionRefusals() {}

    /**
     * Of a request without a session.
     *
     * @param requested the revision that it names, if it names one
     */
    public static Refusal ofRequest(JsonRpcId id, Optional<String> requested, ServedRevisions served) {
        return refusal(
                400,
                id,
                requested,
                served,
                served.anyModern()
                        ? "supported: " + said(served.newestFirst())
                        : "start with initialize and one of: " + said(served.legacy()));
    }

    /**
     * Of {@code initialize} where no revision is served that has it. Clients that only know such revisions show the
     * message to their users, so it says what they need. With HTTP status 200, because some of them show only the status
     * otherwise.
     *
     * @param requested the revision that the client asks for
     */
    public static Refusal ofInitialize(JsonRpcId id, Optional<String> requested, ServedRevisions served) {
        return refusal(
                200,
                id,
                requested,
                served,
                "no revision with initialize is allowed here; the client has to support one of: "
                        + said(served.newestFirst()));
    }

    private static Refusal refusal(
            int status, JsonRpcId id, Optional<String> requested, ServedRevisions served, String whatIsServed) {
        Optional<String> named = requested.map(version -> JsonText.excerpt(version, SHOWN_REVISION));
        JsonRpcError error = new JsonRpcError(
                JsonRpcCodes.UNSUPPORTED_REVISION,
                "Unsupported protocol version"
                        + named.map(version -> ": " + version).orElse("")
                        + "; "
                        + (served.newestFirst().isEmpty() ? NOTHING_SERVED : whatIsServed));
        return new Refusal(status, MediaTypes.JSON, JsonRpcText.error(id, error, data(served.newestFirst(), named)));
    }

    private static String said(List<String> versions) {
        return String.join(", ", versions);
    }

    private static RawJson data(List<String> supported, Optional<String> requested) {
        String list = supported.stream().map(JsonText::quote).collect(Collectors.joining(",", "{\"supported\":[", "]"));
        return RawJson.of(list
                + requested
                        .map(version -> ",\"requested\":" + JsonText.quote(version))
                        .orElse("") + "}");
    }
}
