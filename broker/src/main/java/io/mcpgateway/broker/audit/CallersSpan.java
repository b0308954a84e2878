package io.mcpgateway.broker.audit;

import io.mcpgateway.api.wire.TraceHeaders;
import io.mcpgateway.broker.json.ObjectSpans;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.RequestHeaders;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The span by which a call came, if whoever sent it said so, whether or not the broker sends spans itself. Pure. What the
 * message says counts more than the header, as for our spans.
 *
 * @param trace 32 hexadecimal digits in lower case
 * @param span 16 of them
 */
record CallersSpan(String trace, String span) {
    /** W3C Trace Context, section 3.2. A later version may add something, after a hyphen. */
    private static final Pattern PARENT =
            Pattern.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?");

    private static final int CURRENT_LENGTH = 55;

    /** Empty if nothing is said, or something that is not a W3C trace context. */
    static Optional<CallersSpan> of(RequestHeaders headers, RawJson body) {
        return inMessage(body)
                .flatMap(CallersSpan::of)
                .or(() -> headers.first(TraceHeaders.TRACEPARENT).flatMap(CallersSpan::of));
    }

    /** Without its quotes. One with an escape is none: there is no need for them. */
    private static Optional<String> inMessage(RawJson body) {
        return ObjectSpans.of(body)
                .flatMap(message -> message.find("params"))
                .flatMap(params -> ObjectSpans.of(body, params))
                .flatMap(params -> params.find("_meta"))
                .flatMap(meta -> ObjectSpans.of(body, meta))
                .flatMap(meta -> meta.find(TraceHeaders.TRACEPARENT))
                .map(member -> member.in(body).toString())
                .filter(json -> json.startsWith("\""))
                .map(json -> json.substring(1, json.length() - 1));
    }

    private static Optional<CallersSpan> of(String parent) {
        Matcher match = PARENT.matcher(parent);
        boolean valid = match.matches() && (!parent.startsWith("00") || parent.length() == CURRENT_LENGTH);
        return valid ? Optional.of(new CallersSpan(match.group(1), match.group(2))) : Optional.empty();
    }
}
