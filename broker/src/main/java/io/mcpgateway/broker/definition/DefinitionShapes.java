package io.mcpgateway.broker.definition;

import io.mcpgateway.api.wire.McpMeta;
import io.mcpgateway.broker.definition.Shape.Choice;
import io.mcpgateway.broker.definition.Shape.Compiled;
import io.mcpgateway.broker.definition.Shape.ListOf;
import io.mcpgateway.broker.definition.Shape.Member;
import io.mcpgateway.broker.definition.Shape.Plain;
import io.mcpgateway.broker.definition.Shape.Properties;
import io.mcpgateway.broker.definition.Shape.Structure;
import java.util.Map;

/**
 * The definitions of MCP 2025-11-25. Each earlier revision has the same members with the same types, only fewer, so what
 * fits these fits them all. Where an official client asks for more than the schema, or reads a member under a second
 * name, the member says so.
 */
final class DefinitionShapes {
    private static final Member TEXT = Member.optional(Plain.TEXT);
    private static final Member FLAG = Member.optional(Plain.FLAG);

    private static final Structure ICON = new Structure(Map.of(
            "src",
            Member.required(Plain.TEXT),
            "mimeType",
            TEXT,
            "sizes",
            Member.optional(new ListOf(Plain.TEXT)),
            "theme",
            Member.optional(Choice.of("dark", "light")),
            "mime_type",
            Member.foreign(Plain.TEXT)));

    /** What every kind has. {@code meta} is what the Python SDK 2 takes for {@code _meta}. */
    private static final Map<String, Member> COMMON = Map.of(
            "name",
            Member.required(Plain.TEXT),
            "title",
            TEXT,
            "description",
            TEXT,
            "icons",
            Member.optional(new ListOf(ICON)),
            McpMeta.MEMBER,
            Member.optional(Plain.OBJECT),
            "meta",
            Member.foreign(Plain.OBJECT));

    private static final Structure SCHEMA = new Structure(Map.of(
            "type",
            Member.required(Choice.of("object")),
            "properties",
            Member.optional(new Properties()),
            "required",
            Member.optional(new ListOf(Plain.TEXT)),
            "$schema",
            TEXT));

    private static final Structure TOOL_ANNOTATIONS = Structure.of(
            Map.of(
                    "title",
                    TEXT,
                    "readOnlyHint",
                    FLAG,
                    "destructiveHint",
                    FLAG,
                    "idempotentHint",
                    FLAG,
                    "openWorldHint",
                    FLAG),
            Map.of(
                    "returnDirect",
                    Member.foreign(Plain.FLAG),
                    "read_only_hint",
                    Member.foreign(Plain.FLAG),
                    "destructive_hint",
                    Member.foreign(Plain.FLAG),
                    "idempotent_hint",
                    Member.foreign(Plain.FLAG),
                    "open_world_hint",
                    Member.foreign(Plain.FLAG)));

    /** A tool that can only be run as a task cannot be called by anybody: the gateway offers servers no tasks. */
    private static final Structure EXECUTION = new Structure(Map.of(
            "taskSupport",
            Member.optional(Choice.of("forbidden", "optional")
                    .because(": the gateway does not offer tasks, so nobody could call the tool")),
            "task_support",
            Member.foreign(Choice.of("forbidden", "optional", "required"))));

    private static final Structure ANNOTATIONS = new Structure(Map.of(
            "audience",
            Member.optional(new ListOf(Choice.of("assistant", "user"))),
            "priority",
            Member.optional(Plain.SHARE),
            "lastModified",
            Member.optional(Plain.TIME),
            "last_modified",
            Member.foreign(Plain.TEXT)));

    private static final Structure ARGUMENT = new Structure(
            Map.of("name", Member.required(Plain.NAME), "title", TEXT, "description", TEXT, "required", FLAG));

    static final Structure TOOL = Structure.of(
            COMMON,
            Map.of(
                    "inputSchema",
                    Member.required(SCHEMA),
                    "outputSchema",
                    Member.optional(new Compiled(SCHEMA)),
                    "annotations",
                    Member.optional(TOOL_ANNOTATIONS),
                    "execution",
                    Member.optional(EXECUTION),
                    "input_schema",
                    Member.foreign(Plain.OBJECT),
                    "output_schema",
                    Member.foreign(Plain.OBJECT)));

    static final Structure PROMPT = Structure.of(COMMON, Map.of("arguments", Member.optional(new ListOf(ARGUMENT))));

    static final Structure RESOURCE = Structure.of(
            COMMON,
            Map.of(
                    "name",
                    Member.required(Plain.NAME),
                    "uri",
                    Member.required(Plain.URI),
                    "mimeType",
                    TEXT,
                    "size",
                    Member.optional(Plain.WHOLE),
                    "annotations",
                    Member.optional(ANNOTATIONS),
                    "mime_type",
                    Member.foreign(Plain.TEXT)));

    static final Structure RESOURCE_TEMPLATE = Structure.of(
            COMMON,
            Map.of(
                    "name",
                    Member.required(Plain.NAME),
                    "uriTemplate",
                    Member.required(Plain.TEXT),
                    "mimeType",
                    TEXT,
                    "annotations",
                    Member.optional(ANNOTATIONS),
                    "mime_type",
                    Member.foreign(Plain.TEXT),
                    "uri_template",
                    Member.foreign(Plain.TEXT)));

    private DefinitionShapes() {}
}
