package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.util.List;
import java.util.Locale;

/** The servers. */
enum StrangerServer {
    /** The MCP project's reference server. */
    EVERYTHING(ForeignTool.EVERYTHING),
    /** The one that `make conformance` uses, on the TypeScript SDK 1.x. */
    CONFORMANCE(ForeignTool.TYPESCRIPT),
    /** On the TypeScript SDK 1.20; it agrees on 2025-03-26 only. */
    TYPESCRIPT1_OLD(ForeignTool.TYPESCRIPT),
    PYTHON1(ForeignTool.PYTHON),
    PYTHON2(ForeignTool.PYTHON2),
    FASTMCP(ForeignTool.PYTHON2),
    /** On the TypeScript SDK 2.x, by createMcpHandler. */
    TYPESCRIPT2(ForeignTool.TYPESCRIPT),
    /** The same; it refuses revisions before 2026-07-28. */
    TYPESCRIPT2_ONLY(ForeignTool.TYPESCRIPT),
    /** On the TypeScript SDK 1.x and 2.x, with sessions, which servers need in order to send requests to clients. */
    TYPESCRIPT1_SESSION(ForeignTool.TYPESCRIPT),
    TYPESCRIPT2_SESSION(ForeignTool.TYPESCRIPT),
    /** The Go SDK's server for the conformance suite, with sessions and without. */
    GO(ForeignTool.GO),
    GO_STATELESS(ForeignTool.GO),
    /** Our own on the Go SDK, which sends more requests to clients. */
    GO_SESSION(ForeignTool.GO),
    /** The same without sessions; it refuses revisions before 2026-07-28. */
    GO_ONLY(ForeignTool.GO);

    private final ForeignTool tool;

    StrangerServer(ForeignTool tool) {
        this.tool = tool;
    }

    static StrangerServer of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    ForeignTool tool() {
        return tool;
    }

    List<String> command(ProjectFolder project, StrangerTools tools, int port, String host) {
        String number = Integer.toString(port);
        return switch (this) {
            case EVERYTHING -> List.of("node", tools.path(tool).toString(), "streamableHttp");
            case CONFORMANCE ->
                List.of(
                        tools.path(tool).resolve("node").toString(),
                        project.resolve("e2e/foreign/conformance/server.mjs").toString(),
                        number,
                        "answer",
                        host);
            case PYTHON1, PYTHON2, FASTMCP ->
                List.of(
                        "python3",
                        project.resolve("e2e/foreign/strangers/server.py").toString(),
                        name().toLowerCase(Locale.ROOT),
                        number);
            case TYPESCRIPT1_OLD ->
                List.of(
                        tools.path(tool).resolve("node").toString(),
                        project.resolve("e2e/foreign/strangers/old.mjs").toString(),
                        number);
            case TYPESCRIPT2, TYPESCRIPT2_ONLY ->
                List.of(
                        tools.path(tool).resolve("node").toString(),
                        project.resolve("e2e/foreign/strangers/server.mjs").toString(),
                        this == TYPESCRIPT2 ? "dual" : "modern",
                        number);
            case TYPESCRIPT1_SESSION, TYPESCRIPT2_SESSION ->
                List.of(
                        tools.path(tool).resolve("node").toString(),
                        project.resolve("e2e/foreign/strangers/asker.mjs").toString(),
                        this == TYPESCRIPT1_SESSION ? "1" : "2",
                        number);
            case GO_SESSION, GO_ONLY ->
                List.of(
                        tools.path(tool).resolve("server").toString(),
                        this == GO_SESSION ? "sessions" : "modern",
                        "127.0.0.1:" + number);
            case GO, GO_STATELESS ->
                List.of(
                        tools.path(tool).resolve("everything-server").toString(),
                        "-http",
                        "127.0.0.1:" + number,
                        "-stateless=" + (this == GO_STATELESS));
        };
    }
}
