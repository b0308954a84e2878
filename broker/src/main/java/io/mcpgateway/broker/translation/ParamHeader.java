package io.mcpgateway.broker.translation;

import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An argument that also travels in a header (MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool Parameters").
 *
 * @param header its name, in lower case
 * @param path the names of the properties that lead to the argument, from the arguments' object on
 */
public record ParamHeader(String header, List<String> path) {
    public ParamHeader {
        Objects.requireNonNull(header, "header");
        path = List.copyOf(path);
    }

    /** The headers of a call with this body; none for arguments that are absent, null, an object or an array. */
    static Map<String, String> of(List<ParamHeader> params, RawJson body) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (ParamHeader param : params) {
            param.argument(body)
                    .flatMap(ParamHeader::text)
                    .ifPresent(text -> headers.put(param.header(), HeaderText.encode(text)));
        }
        return headers;
    }

    private Optional<RawJson> argument(RawJson body) {
        Optional<ObjectSpans.Member> member = ObjectSpans.of(body)
                .flatMap(message -> message.find("params"))
                .flatMap(found -> ObjectSpans.of(body, found))
                .flatMap(found -> found.find("arguments"));
        for (String step : path) {
            member = member.flatMap(found -> ObjectSpans.of(body, found)).flatMap(object -> object.find(step));
        }
        return member.map(found -> found.in(body));
    }

    private static Optional<String> text(RawJson value) {
        String json = value.toString();
        return switch (json.charAt(0)) {
            case '"' -> Scalars.text(value);
            case 't', 'f' -> Optional.of(json);
            case '{', '[', 'n' -> Optional.empty();
            default -> Optional.of(Scalars.integer(json));
        };
    }
}
