package io.mcpgateway.controller.trace;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** With which arguments a tool is called. */
final class CallArguments {
    private static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--arg",
            paramLabel = "NAME=VALUE",
            description = "an argument of the tool; JSON if the value is, else text; may be repeated")
    Map<String, String> single = new LinkedHashMap<>();

    @Option(
            names = "--arguments",
            paramLabel = "JSON",
            description = "all arguments as a JSON object; '-' reads it from standard input, where nobody else sees it")
    @Nullable
    String all;

    /** One object; of an argument that is given twice, {@code --arg} counts. */
    ObjectNode read() {
        ObjectNode arguments = all == null ? JsonNodeFactory.instance.objectNode() : object(all);
        single.forEach((name, value) -> arguments.set(name, value(value)));
        return arguments;
    }

    boolean given() {
        return all != null || !single.isEmpty();
    }

    private ObjectNode object(String text) {
        try {
            String document =
                    text.equals("-") ? new String(System.in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8) : text;
            if (JSON.readTree(document) instanceof ObjectNode object) {
                return object;
            }
            throw usage("--arguments is not a JSON object");
        } catch (JsonProcessingException bad) {
            throw usage("--arguments is not JSON: " + bad.getOriginalMessage());
        } catch (IOException unreadable) {
            throw usage("cannot read standard input");
        }
    }

    private static JsonNode value(String text) {
        try {
            JsonNode read = JSON.readTree(text);
            return read == null || read.isMissingNode() ? TextNode.valueOf(text) : read;
        } catch (JsonProcessingException plainText) {
            return TextNode.valueOf(text);
        }
    }

    private ParameterException usage(String problem) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), problem);
    }
}
