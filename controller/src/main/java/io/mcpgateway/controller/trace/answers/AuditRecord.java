package io.mcpgateway.controller.trace.answers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.controller.doctor.facts.LogLine;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A line of the audit log (docs/audit.md).
 *
 * @param source whose log it is from
 * @param line the whole object
 */
public record AuditRecord(String source, JsonNode line) {
    private static final ObjectMapper JSON = new ObjectMapper();

    public AuditRecord {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(line, "line");
    }

    /**
     * Empty for other lines, and for those of other requests.
     *
     * @param wanted IDs of a request or of a JSON-RPC message
     */
    static Optional<AuditRecord> parse(LogLine line, Set<String> wanted) {
        try {
            JsonNode read = JSON.readTree(line.text());
            return read != null
                            && read.path("decision").isTextual()
                            && read.path("method").isTextual()
                            && (wanted.contains(read.path("requestId").asText()) || wanted.contains(rpcId(read)))
                    ? Optional.of(new AuditRecord(line.source(), read))
                    : Optional.empty();
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /** A member; empty if the line does not have it. */
    String text(String member) {
        return line.path(member).asText("");
    }

    /** Whether the call went on: to a server, or to the broker. */
    boolean passed() {
        return switch (text("decision")) {
            case "forwarded", "bridged", "answered" -> true;
            default -> false;
        };
    }

    /** The line has it as JSON in a text, because it may be a number. */
    private static String rpcId(JsonNode line) {
        String id = line.path("id").asText("");
        return id.length() > 1 && id.startsWith("\"") && id.endsWith("\"") ? id.substring(1, id.length() - 1) : id;
    }
}
