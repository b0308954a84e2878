package io.mcpgateway.controller.conditions;

/** The types of conditions that we write. */
public final class ConditionType {
    /** Every reference resolves and is permitted. */
    public static final String ACCEPTED = "Accepted";
    /** Every ready broker replica runs the configuration that follows from the object. */
    public static final String PROGRAMMED = "Programmed";
    /** It works: for a server, the broker serves its tools. */
    public static final String READY = "Ready";
    /** Of a virtual server: every tool that it names is served by some gateway. */
    public static final String TOOLS_RESOLVED = "ToolsResolved";
    /** Of a server whose tools are pinned: every definition that it lists is approved. */
    public static final String TOOLS_APPROVED = "ToolsApproved";
    /** On the Gateway's listener: which extension uses it. */
    public static final String LISTENER_IN_USE = "MCPGatewayExtension";

    private ConditionType() {}
}
