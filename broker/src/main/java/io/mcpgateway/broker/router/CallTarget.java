package io.mcpgateway.broker.router;

import io.mcpgateway.broker.catalog.CapabilityCatalog.Served;
import io.mcpgateway.broker.catalog.CapabilityRoute;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.RouteTable;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.json.Splice;
import io.mcpgateway.broker.json.TextSpan;
import io.mcpgateway.broker.listing.FindTools;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Reference;
import io.mcpgateway.broker.mcp.JsonRpcMessage.Request;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.refusal.ModernRefusals;
import io.mcpgateway.broker.refusal.Refusal;
import io.mcpgateway.broker.refusal.Refusals;
import java.util.Optional;

/** What a request wants of which server: the requests that go straight to one, and how each is resolved. */
public sealed interface CallTarget {
    /** URIs travel in a header; longer ones than servers may list are nobody's. */
    int LONGEST_URI = 2048;

    /**
     * Resolved, and visible.
     *
     * @param name the seen name or the URI, and where it stands in the body
     */
    record Found(CapabilityRoute route, TextSpan name) implements CallTarget {
        /**
         * The server's name for it in place of the seen one. What has no prefix goes on as it came: a URI also where
         * only a template of the server describes it.
         */
        Optional<Splice> renaming() {
            return route.kind().prefixed() && !route.ownName().equals(name.value())
                    ? Optional.of(name.replacedBy(route.ownName()))
                    : Optional.empty();
        }

        /** What the server reads as its name: of a resource the URI that the client sent, which a template only describes. */
        public String ownName() {
            return route.kind().prefixed() ? route.ownName() : name.value();
        }
    }

    /** The gateway's own tool: no server gets the call. */
    record OfGateway() implements CallTarget {}

    /** Nobody's, or hidden: the same words for both. */
    record Unknown(Refusal answer) implements CallTarget {}

    /** Resolves a request of a legacy client; its method {@linkplain McpMethod#isCall is a call}. */
    static CallTarget of(McpMethod method, Request request, RouteTable table, CapabilityView view) {
        return of(method, request, new Era.Legacy(ProtocolVersions.LATEST), table, view);
    }

    /**
     * The same.
     *
     * @param client what the client speaks
     */
    static CallTarget of(McpMethod method, Request request, Era client, RouteTable table, CapabilityView view) {
        return switch (method) {
            case TOOLS_CALL -> isFindTools(request, view) ? new OfGateway() : named(CapabilityKind.TOOL, request, view);
            case PROMPTS_GET -> named(CapabilityKind.PROMPT, request, view);
            case RESOURCES_READ, RESOURCES_SUBSCRIBE, RESOURCES_UNSUBSCRIBE -> resource(request, client, table, view);
            case COMPLETE -> reference(request, table, view);
            default -> throw new IllegalArgumentException("no call: " + method);
        };
    }

    /** Whether it is a call of the gateway's own tool, where there is one. */
    static boolean isFindTools(Request request, CapabilityView view) {
        return view.searchesTools()
                && request.params()
                        .name()
                        .filter(name -> name.value().equals(FindTools.NAME))
                        .isPresent();
    }

    private static CallTarget named(CapabilityKind kind, Request request, CapabilityView view) {
        Optional<TextSpan> name = nonEmpty(request.params().name());
        if (name.isEmpty()) {
            return new Unknown(Refusals.nameMissing(request.id(), kind));
        }
        return found(visible(kind, name.get(), view), name.get())
                .orElseGet(() -> new Unknown(
                        Refusals.unknownName(request.id(), kind, name.get().value())));
    }

    private static CallTarget resource(Request request, Era client, RouteTable table, CapabilityView view) {
        Optional<TextSpan> uri = nonEmpty(request.params().uri());
        if (uri.isEmpty()) {
            return new Unknown(Refusals.uriMissing(request.id()));
        }
        return found(read(uri.get(), table, view), uri.get())
                .orElseGet(() -> new Unknown(
                        switch (client) {
                            case Era.Legacy _ ->
                                Refusals.unknownResource(request.id(), uri.get().value());
                            case Era.Modern _ ->
                                ModernRefusals.unknownResource(
                                        request.id(), uri.get().value());
                        }));
    }

    /** MCP 2025-11-25, "Completion": the reference names a prompt, or a resource by its URI or template. */
    private static CallTarget reference(Request request, RouteTable table, CapabilityView view) {
        Reference reference = request.params().reference();
        Optional<TextSpan> name = nonEmpty(reference.name());
        Optional<TextSpan> uri = nonEmpty(reference.uri());
        if (reference.type().equals(Optional.of("ref/prompt")) && name.isPresent()) {
            return found(visible(CapabilityKind.PROMPT, name.get(), view), name.get())
                    .orElseGet(() -> new Unknown(Refusals.unknownName(
                            request.id(), CapabilityKind.PROMPT, name.get().value())));
        }
        if (reference.type().equals(Optional.of("ref/resource")) && uri.isPresent()) {
            Optional<CapabilityRoute> template = visible(CapabilityKind.RESOURCE_TEMPLATE, uri.get(), view);
            return found(template.or(() -> read(uri.get(), table, view)), uri.get())
                    .orElseGet(() -> new Unknown(Refusals.unknownName(
                            request.id(), CapabilityKind.RESOURCE, uri.get().value())));
        }
        return new Unknown(Refusals.referenceMissing(request.id()));
    }

    private static Optional<CapabilityRoute> visible(CapabilityKind kind, TextSpan name, CapabilityView view) {
        return view.find(kind, name.value()).map(Served::route);
    }

    private static Optional<CapabilityRoute> read(TextSpan uri, RouteTable table, CapabilityView view) {
        return uri.value().length() > LONGEST_URI ? Optional.empty() : table.resource(uri.value(), view);
    }

    private static Optional<CallTarget> found(Optional<CapabilityRoute> route, TextSpan name) {
        return route.map(resolved -> new Found(resolved, name));
    }

    private static Optional<TextSpan> nonEmpty(Optional<TextSpan> text) {
        return text.filter(span -> !span.value().isEmpty());
    }
}
