package io.mcpgateway.controller.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/**
 * A JSON patch (RFC 6902) of an object as it was seen. The API server refuses it as a whole if the object has changed
 * since, so an index in a path means the entry that it was meant for.
 */
public final class VersionedPatch {
    /** What the API server answers if a {@code test} in a patch fails. */
    private static final int UNPROCESSABLE = 422;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode operations = JSON.createArrayNode();

    public VersionedPatch(HasMetadata seen) {
        operations
                .addObject()
                .put("op", "test")
                .put("path", "/metadata/resourceVersion")
                .put("value", seen.getMetadata().getResourceVersion());
    }

    /** Creates a value, or replaces it. */
    public VersionedPatch put(String path, Object value) {
        operations.addObject().put("op", "add").put("path", path).set("value", JSON.valueToTree(value));
        return this;
    }

    /** Whether the patch was refused because the object has changed or is gone. */
    public static boolean isOutdated(KubernetesClientException refusal) {
        return switch (refusal.getCode()) {
            case UNPROCESSABLE, HttpURLConnection.HTTP_CONFLICT, HttpURLConnection.HTTP_NOT_FOUND -> true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return operations.toString();
    }
}
