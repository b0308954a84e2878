package io.mcpgateway.broker.router;

import io.mcpgateway.api.wire.McpHeaders;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.catalog.ServerRoute;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.era.HeaderText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Meta;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.refusal.ModernRule;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import io.mcpgateway.broker.router.RouteDecision.Forward;
import io.mcpgateway.broker.router.RouteDecision.Reject;
import io.mcpgateway.broker.tasks.ServerTask;
import io.mcpgateway.broker.tasks.TaskSeal;
import io.mcpgateway.broker.tasks.TaskSealing;
import io.mcpgateway.broker.tasks.TaskTarget;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Requests about a task, which go straight to the server that keeps it (SEP-2663): what changes on the way is the ID, in the
 * body and in {@code Mcp-Name}. Policies see the tool whose call became the task. Pure.
 */
record ModernTasks(RequestHead head, RawJson body, Request request, McpMethod method, RouterFacts facts) {
    private static final String TASKS = "tasks";

    /**
     * The decision on this request, whose method {@linkplain McpMethod#isAboutTask is about a task}. Empty if it is not a
     * modern client's.
     */
    Optional<RouteDecision> decide() {
        Meta meta = request.params().meta();
        if (!ModernRule.concerns(head.headers(), request.method(), meta)) {
            return Optional.empty();
        }
        RouteTable table = facts.table();
        CapabilityView view = UrlEdits.view(head, facts);
        if (view instanceof CapabilityView.Refused(String reason)) {
            return Optional.of(new Reject(Refusals.viewRefused(request.id(), reason)));
        }
        Optional<Refusal> refusal = ModernRule.refusal(head.headers(), request, table.revisions(view))
                .or(() -> TaskTarget.areKnown(table)
                        ? Optional.empty()
                        : Optional.of(ModernRefusals.methodNotFound(request.id(), request.method())))
                .or(() -> TaskTarget.areDeclared(meta)
                        ? Optional.empty()
                        : Optional.of(ModernRefusals.tasksNotDeclared(request.id())));
        return Optional.of(refusal.isPresent() ? new Reject(refusal.get()) : routed(view));
    }

    /** What the gateway has to read in the answer to a call of this client; empty if no task can come of it. */
    static Optional<TaskSealing> sealing(McpMethod method, Meta meta, CallTarget.Found target, RouterFacts facts) {
        ServerRoute server = target.route().server();
        return method == McpMethod.TOOLS_CALL && server.eras().tasks() && TaskTarget.areDeclared(meta)
                ? Optional.of(
                        new TaskSealing(TaskSeal.of(server.authorization(), facts.caller()), target.ownName(), false))
                : Optional.empty();
    }

    /** What the client can do, if the answer has to be read, with the word for tasks. */
    static Optional<String> features(Optional<String> others, Optional<TaskSealing> sealing) {
        return sealing.isEmpty()
                ? others
                : Optional.of(others.map(names -> names + "," + TASKS).orElse(TASKS));
    }

    private RouteDecision routed(CapabilityView view) {
        TextSpan id = request.params().taskId().orElseThrow();
        return switch (TaskTarget.of(facts.states(), facts.caller(), id.value(), facts.table(), view)) {
            case TaskTarget.Unknown() -> new Reject(ModernRefusals.unknownTask(request.id()));
            case TaskTarget.OutOfReach(ServerRoute server) ->
                new Reject(ModernRefusals.taskOutOfReach(
                        request.id(), server.name().value()));
            case TaskTarget.Found(CapabilityRoute tool, ServerTask task) -> forwarded(tool, task, id);
        };
    }

    private RouteDecision forwarded(CapabilityRoute tool, ServerTask task, TextSpan id) {
        ServerRoute server = tool.server();
        String version = request.params().meta().protocolVersion().orElseThrow();
        if (!server.eras().modern().contains(version)) {
            return new Reject(ModernRefusals.unknownTask(request.id()));
        }
        Optional<TaskSealing> sealing = method == McpMethod.TASKS_GET
                ? Optional.of(new TaskSealing(TaskSeal.of(server.authorization(), facts.caller()), task.tool(), true))
                : Optional.empty();
        HeaderEdits edits = CallEdits.sessionless(
                        head, method, new CallTarget.Found(tool, id), features(Optional.empty(), sealing))
                .then(new HeaderEdits(Map.of(McpHeaders.NAME, HeaderText.encode(task.id())), Set.of()));
        return new Forward(
                server,
                edits,
                Optional.of(id.replacedBy(task.id()).applyTo(body)),
                new CallMetadata.Sessionless(
                        server.key(), new Era.Modern(version), Optional.of(request.id()), Optional.empty(), sealing));
    }
}
