package io.mcpgateway.broker.endpoint;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.mcpgateway.broker.json.JsonSlices;
import io.mcpgateway.broker.json.ObjectMembers;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * The members of {@code params} that the broker's own methods read, from a body that {@code JsonRpcParser} accepted
 * already. Pure.
 *
 * @param protocolVersion of {@code initialize}
 * @param features what {@code initialize} declares under {@code capabilities}
 * @param leftOut what of them is not passed on to servers for its size; empty if nothing
 * @param level of {@code logging/setLevel}
 */
record RequestParams(
        Optional<String> protocolVersion, ClientFeatures features, String leftOut, Optional<String> level) {
    RequestParams {
        Objects.requireNonNull(protocolVersion, "protocolVersion");
        Objects.requireNonNull(features, "features");
        Objects.requireNonNull(leftOut, "leftOut");
        Objects.requireNonNull(level, "level");
    }

    /** Members of another type than expected count as absent. */
    static RequestParams read(RawJson body) {
        return body.read(json -> {
            ParamsReading reading = new ParamsReading(json);
            ObjectMembers.read(json, ObjectMembers.inside("params", reading::visitParam));
            return reading.params();
        });
    }

    private static final class ParamsReading {
        private final byte[] json;
        private Optional<String> version = Optional.empty();
        private Optional<String> level = Optional.empty();
        private ClientFeatures features = ClientFeatures.NONE;
        private String leftOut = "";

        private ParamsReading(byte[] json) {
            this.json = json;
        }

        private RequestParams params() {
            return new RequestParams(version, features, leftOut, level);
        }

        private boolean visitParam(String name, JsonParser value) throws IOException {
            switch (name) {
                case "protocolVersion" -> version = string(value);
                case "level" -> level = string(value);
                case "capabilities" -> {
                    RawJson capabilities = JsonSlices.slice(value, json);
                    features = ClientFeatures.of(capabilities);
                    leftOut = ClientFeatures.leftOut(capabilities);
                }
                default -> {}
            }
            return true;
        }

        private static Optional<String> string(JsonParser value) throws IOException {
            return value.currentToken() == JsonToken.VALUE_STRING ? Optional.of(value.getText()) : Optional.empty();
        }
    }
}
