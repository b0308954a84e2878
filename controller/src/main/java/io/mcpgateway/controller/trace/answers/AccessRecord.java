package io.mcpgateway.controller.trace.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.controller.doctor.facts.LogLine;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of Envoy's access log, as Istio writes it by default, in either of its encodings.
 *
 * @param source whose log it is from
 * @param status of the response; 0 if there was none
 * @param flags why Envoy answered itself, in its own letters; {@code -} if it did not
 * @param millis the whole request took
 * @param serverMillis until whoever Envoy asked answered; empty if nobody was asked
 * @param server address of whoever that was; empty if nobody
 */
public record AccessRecord(
        String source, int status, String flags, long millis, Optional<Long> serverMillis, String server) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Istio 1.30, "Default access log format": the parts up to the upstream's address. */
    private static final Pattern TEXT = Pattern.compile("\\[[^]]*] \"[^\"]*\" (?<status>\\d+) (?<flags>\\S+) \\S+ \\S+ "
            + "\"(?:[^\"\\\\]|\\\\.)*\" \\d+ \\d+ (?<millis>\\d+) (?<server>\\d+|-) \"[^\"]*\" \"[^\"]*\" "
            + "\"(?<id>[^\"]*)\" \"[^\"]*\" \"(?<address>[^\"]*)\".*");

    public AccessRecord {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(flags, "flags");
        Objects.requireNonNull(serverMillis, "serverMillis");
        Objects.requireNonNull(server, "server");
    }

    /** Empty for other lines, and for those of other requests. */
    static Optional<AccessRecord> parse(LogLine line, Set<String> wanted) {
        Matcher text = TEXT.matcher(line.text());
        if (text.matches()) {
            return wanted.contains(text.group("id"))
                    ? Optional.of(new AccessRecord(
                            line.source(),
                            (int) number(text.group("status")).orElse(0L).longValue(),
                            text.group("flags"),
                            number(text.group("millis")).orElse(0L),
                            number(text.group("server")),
                            text.group("address")))
                    : Optional.empty();
        }
        return json(line)
                .filter(read -> wanted.contains(read.path("request_id").asText()))
                .filter(read -> read.has("response_code") && read.has("duration"))
                .map(read -> new AccessRecord(
                        line.source(),
                        read.path("response_code").asInt(),
                        read.path("response_flags").asText("-"),
                        read.path("duration").asLong(),
                        number(read.path("upstream_service_time").asText("")),
                        read.path("upstream_host").asText("")));
    }

    private static Optional<JsonNode> json(LogLine line) {
        try {
            return Optional.ofNullable(JSON.readTree(line.text()));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    private static Optional<Long> number(String text) {
        return text.matches("\\d{1,15}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
    }
}
