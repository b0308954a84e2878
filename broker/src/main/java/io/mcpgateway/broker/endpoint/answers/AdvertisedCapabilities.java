package io.mcpgateway.broker.endpoint.answers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.api.wire.McpExtensions;
import io.mcpgateway.broker.catalog.CapabilityView;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.mcp.Capability;
import io.mcpgateway.broker.mcp.CapabilityKind;
import io.mcpgateway.broker.mcp.extension.Extensions;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The {@code capabilities} that the gateway declares (MCP 2025-11-25, Lifecycle; MCP 2026-07-28, "Discovery"): tools
 * always, because a server may be added at any time; of the rest what at least one server can do with something that the
 * client sees. Lists change whenever servers come and go, so every declared list announces its changes. Pure.
 *
 * <p>A server that declares a list which is empty for now counts where everything is seen: nothing of it is hidden.
 */
public final class AdvertisedCapabilities {
    private static final String LIST_CHANGED = "listChanged";
    private static final Set<CapabilityKind> ANY = EnumSet.allOf(CapabilityKind.class);
    private static final Set<CapabilityKind> PROMPTS = EnumSet.of(CapabilityKind.PROMPT);
    private static final Set<CapabilityKind> RESOURCES =
            EnumSet.of(CapabilityKind.RESOURCE, CapabilityKind.RESOURCE_TEMPLATE);
    private static final Set<CapabilityKind> COMPLETED =
            EnumSet.of(CapabilityKind.PROMPT, CapabilityKind.RESOURCE_TEMPLATE);

    private final CapabilityView view;
    private final Map<ServerName, ServerReport> servers;
    private final boolean lasting;

    private AdvertisedCapabilities(CapabilityView view, Map<ServerName, ServerReport> servers, boolean lasting) {
        this.view = Objects.requireNonNull(view, "view");
        this.servers = servers;
        this.lasting = lasting;
    }

    /**
     * For the answer to {@code initialize}. A session outlasts the absence of a server, so what servers declared that are
     * away for the moment, and list nothing, is declared too.
     *
     * @param extensions that the client can use
     */
    public static ObjectNode ofSession(
            CapabilityView view, Map<ServerName, ServerReport> servers, Extensions extensions) {
        return new AdvertisedCapabilities(view, servers, true).with(extensions);
    }

    /**
     * For the answer to {@code server/discover}, which is about now.
     *
     * @param extensions that the client can use
     */
    public static ObjectNode ofNow(CapabilityView view, Map<ServerName, ServerReport> servers, Extensions extensions) {
        return new AdvertisedCapabilities(view, servers, false).with(extensions);
    }

    private ObjectNode with(Extensions extensions) {
        ObjectNode declared = JsonNodeFactory.instance.objectNode();
        declared.putObject("tools").put(LIST_CHANGED, true);
        if (anyCan(Capability.PROMPTS, PROMPTS)) {
            declared.putObject("prompts").put(LIST_CHANGED, true);
        }
        if (anyCan(Capability.RESOURCES, RESOURCES)) {
            ObjectNode resources = declared.putObject("resources");
            if (anyCan(Capability.RESOURCES_SUBSCRIBE, RESOURCES)) {
                resources.put("subscribe", true);
            }
            resources.put(LIST_CHANGED, true);
        }
        if (anyCan(Capability.COMPLETIONS, COMPLETED)) {
            declared.putObject("completions");
        }
        if (anyCan(Capability.LOGGING, ANY)) {
            declared.putObject("logging");
        }
        if (!extensions.isEmpty()) {
            declared.putRawValue(
                    McpExtensions.MEMBER, new RawValue(extensions.json().toString()));
        }
        return declared;
    }

    /** Whether a server that has the capability shows, or may come to show, something that it is about. */
    private boolean anyCan(Capability capability, Set<CapabilityKind> about) {
        Collection<ServerReport> able = servers.values().stream()
                .filter(report -> report.capabilities().has(capability))
                .toList();
        return !able.isEmpty() && (able.stream().anyMatch(report -> mayCome(report, about)) || shows(able, about));
    }

    private boolean mayCome(ServerReport report, Set<CapabilityKind> about) {
        boolean away = report.phase() != ServerReport.Phase.READY;
        return (away ? lasting : seesEverything())
                && about.stream().allMatch(kind -> report.listing(kind).items().isEmpty());
    }

    private boolean shows(Collection<ServerReport> able, Set<CapabilityKind> about) {
        Set<ServerName> names = able.stream().map(ServerReport::server).collect(Collectors.toSet());
        return about.stream()
                .flatMap(view::items)
                .anyMatch(item -> names.contains(item.route().server().name()));
    }

    private boolean seesEverything() {
        return switch (view) {
            case CapabilityView.Selected selected -> selected.isEverything();
            case CapabilityView.Authorized(CapabilityView.Selected selected, var _) -> selected.isEverything();
            case CapabilityView.Refused _ -> false;
        };
    }
}
