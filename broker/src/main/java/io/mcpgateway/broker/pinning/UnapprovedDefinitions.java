package io.mcpgateway.broker.pinning;

import io.mcpgateway.api.contract.pinning.PinningStatus;
import io.mcpgateway.api.contract.pinning.ToolFinding;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The definitions that wait for an approval, for the people who decide. Only ASCII: characters that hide are seen. */
public final class UnapprovedDefinitions {
    private static final int MOST_CHARACTERS = 1 << 20;
    private static final int LAST_ASCII = 0x7e;

    private UnapprovedDefinitions() {}

    /**
     * {@code {"digest":...,"total":2,"definitions":[{"name":...,"state":...,"digest":...,"definition":{...}}]}}; the first
     * ones by name, of those at most a megabyte.
     */
    public static RawJson of(PinnedServer server) {
        Optional<PinningStatus> status = server.status();
        StringBuilder json = new StringBuilder("{\"digest\":")
                .append(JsonText.quote(status.map(PinningStatus::list).orElse("")))
                .append(",\"total\":")
                .append(status.map(PinningStatus::totalUnapproved).orElse(0))
                .append(",\"definitions\":[");
        Map<String, ExaminedTool> tools = server.examined().stream()
                .collect(Collectors.toMap(tool -> tool.digest().name(), Function.identity(), (first, _) -> first));
        String separator = "";
        for (ToolFinding finding : status.map(PinningStatus::unapproved).orElse(List.of())) {
            ExaminedTool tool = tools.get(finding.name());
            if (tool == null || json.length() + tool.definition().json().length() > MOST_CHARACTERS) {
                continue;
            }
            json.append(separator).append("{\"name\":");
            JsonText.appendQuoted(json, finding.name());
            json.append(",\"state\":")
                    .append(JsonText.quote(finding.kind().word()))
                    .append(",\"digest\":")
                    .append(JsonText.quote(finding.digest()))
                    .append(",\"definition\":")
                    .append(CanonicalJson.object(
                            CanonicalJson.members(tool.definition().json())))
                    .append('}');
            separator = ",";
        }
        return RawJson.of(ascii(json.append("]}")));
    }

    /** Other characters only occur in strings, where they may be escaped. */
    private static String ascii(CharSequence json) {
        StringBuilder ascii = new StringBuilder(json.length());
        for (int index = 0; index < json.length(); index++) {
            char character = json.charAt(index);
            if (character > LAST_ASCII) {
                ascii.append("\\u%04x".formatted((int) character));
            } else {
                ascii.append(character);
            }
        }
        return ascii.toString();
    }
}
