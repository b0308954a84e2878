package io.mcpgateway.controller.trace.answers;

import io.mcpgateway.controller.doctor.facts.LogLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What logs say of one request.
 *
 * @param audits of brokers; several if a request was tried again, or if its ID was used more than once
 * @param accesses of Envoy, which gets a call once from the client, and again from the broker if it is bridged
 * @param others lines that name the request in another way
 */
public record RequestLog(List<AuditRecord> audits, List<AccessRecord> accesses, List<LogLine> others) {
    /** Nothing was found, or looked for. */
    public static final RequestLog EMPTY = new RequestLog(List.of(), List.of(), List.of());

    public RequestLog {
        audits = List.copyOf(audits);
        accesses = List.copyOf(accesses);
        others = List.copyOf(others);
    }

    /**
     * Of lines that have one of these IDs somewhere.
     *
     * @param wanted IDs of the request or of its JSON-RPC message
     */
    public static RequestLog of(List<LogLine> lines, Set<String> wanted) {
        List<AuditRecord> audits = new ArrayList<>();
        List<AccessRecord> accesses = new ArrayList<>();
        List<LogLine> others = new ArrayList<>();
        for (LogLine line : lines) {
            Optional<AuditRecord> audit = AuditRecord.parse(line, wanted);
            Optional<AccessRecord> access = AccessRecord.parse(line, wanted);
            audit.ifPresent(audits::add);
            access.ifPresent(accesses::add);
            if (audit.isEmpty() && access.isEmpty()) {
                others.add(line);
            }
        }
        return new RequestLog(audits, accesses, others);
    }

    /** Both together. */
    public RequestLog and(RequestLog more) {
        return new RequestLog(
                Stream.concat(audits.stream(), more.audits.stream()).toList(),
                Stream.concat(accesses.stream(), more.accesses.stream()).toList(),
                Stream.concat(others.stream(), more.others.stream()).toList());
    }

    /** The IDs that Envoy gave the request, if the audit log knows them. */
    public List<String> requestIds() {
        return audits.stream()
                .map(audit -> audit.text("requestId"))
                .filter(id -> !id.isEmpty())
                .distinct()
                .toList();
    }

    /** The call of the first audit line, to be asked about. */
    public Optional<Asked> asked() {
        return audits.stream()
                .findFirst()
                .map(audit -> new Asked(
                        audit.text("method"),
                        audit.text("name"),
                        audit.text("host") + audit.text("path"),
                        audit.text("virtualServer"),
                        audit.text("protocolVersion")));
    }

    /** What a call was about; members that the line does not have are empty. */
    public record Asked(String method, String name, String place, String virtualServer, String protocolVersion) {}

    public boolean isEmpty() {
        return audits.isEmpty() && accesses.isEmpty() && others.isEmpty();
    }
}
