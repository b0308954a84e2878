package io.mcpgateway.api.envoy;

import static io.mcpgateway.api.envoy.EnvoyTypes.object;
import static io.mcpgateway.api.envoy.EnvoyTypes.typed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** Envoy's filter that changes headers, and the changes that it can make. Each tree belongs to the caller. */
final class Mutations {
    private Mutations() {}

    /** The filter's configuration. */
    static ObjectNode mutation(List<ObjectNode> request, List<ObjectNode> response) {
        ObjectNode mutation = typed("envoy.extensions.filters.http.header_mutation.v3.HeaderMutation");
        ObjectNode mutations = mutation.putObject("mutations");
        mutations.putArray("request_mutations").addAll(request);
        mutations.putArray("response_mutations").addAll(response);
        return mutation;
    }

    static List<ObjectNode> removals(Stream<String> headers) {
        return headers.map(Mutations::remove).toList();
    }

    static ObjectNode remove(String header) {
        return object().put("remove", header);
    }

    /**
     * Sets a header, in place of one that is there already.
     *
     * @param value with Envoy's command operators; nothing happens if it becomes empty
     */
    static ObjectNode overwrite(String header, String value) {
        return write(header, value, "OVERWRITE_IF_EXISTS_OR_ADD");
    }

    /** Adds to a header that may be there already. */
    static ObjectNode add(String header, String value) {
        return write(header, value, "APPEND_IF_EXISTS_OR_ADD");
    }

    private static ObjectNode write(String header, String value, String action) {
        ObjectNode mutation = object();
        ObjectNode append = mutation.putObject("append");
        append.putObject("header").put("key", header).put("value", value);
        append.put("append_action", action);
        return mutation;
    }
}
