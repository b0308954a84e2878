package io.mcpgateway.broker.router;

import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.era.ParamArgument;
import io.mcpgateway.broker.era.ParamHeader;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The arguments of a tool that its schema wants in headers too (MCP 2026-07-28, Streamable HTTP, "Custom Headers from Tool
 * Parameters"): each header is there if and only if its argument is, and says the same. Headers that the schema does not
 * name mean nothing here. Pure.
 */
final class ParamRule {
    private static final int SHOWN_PATH = 128;

    private ParamRule() {}

    /** Empty if headers and arguments agree. */
    static Optional<Refusal> refusal(RequestHeaders headers, JsonRpcId id, List<ParamHeader> wanted, RawJson body) {
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        Map<ParamHeader, ParamArgument> arguments = ParamArgument.of(wanted, body);
        return wanted.stream()
                .flatMap(param -> problem(headers, param, Optional.ofNullable(arguments.get(param))).stream())
                .findFirst()
                .map(problem -> ModernRefusals.headerMismatch(id, problem));
    }

    private static Optional<String> problem(
            RequestHeaders headers, ParamHeader param, Optional<ParamArgument> argument) {
        String header = "the header " + param.header();
        String path = "arguments." + JsonText.excerpt(String.join(".", param.path()), SHOWN_PATH);
        if (headers.all(param.header()).size() > 1) {
            return Optional.of(header + " is given more than once; send it once");
        }
        Optional<String> value = headers.trimmed(param.header());
        if (value.isEmpty()) {
            return argument.map(_ -> header + " is missing; it has to say what " + path + " says");
        }
        Optional<String> said = value.flatMap(HeaderText::decode);
        if (said.isEmpty()) {
            return Optional.of(header + " is not visible ASCII or Base64 as MCP writes it");
        }
        if (argument.isEmpty()) {
            return Optional.of(header + " is given, but " + path + " is not");
        }
        return argument.get().equalTo(said.get())
                ? Optional.empty()
                : Optional.of(header + " says something else than " + path);
    }
}
