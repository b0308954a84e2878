package io.mcpgateway.e2e.strangers;

import io.mcpgateway.e2e.fixture.Foreign;
import io.mcpgateway.e2e.fixture.TestFolders;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ForeignTool;
import io.mcpgateway.e2e.process.FreePort;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server on an official SDK, started without a gateway. It may take a moment until it answers. */
record RunningStranger(ChildProcess process, URI url, String hostname) implements AutoCloseable {
    static RunningStranger start(String name, StrangerServer kind) throws IOException {
        ForeignTool tool = kind.tool();
        StrangerTools tools = new StrangerTools(Map.of(tool, Foreign.require(tool)), Map.of());
        int port = FreePort.next();
        String hostname = name + ".mcp.local";
        List<String> command = kind.command(ProjectFolder.locate(), tools, port, hostname);
        Map<String, String> environment = new HashMap<>(tools.environment(tool));
        environment.put("PORT", Integer.toString(port));
        Path log = TestFolders.create("stranger-" + name).resolve("server.log");
        ChildProcess process = ChildProcess.start(name, command, environment, log);
        return new RunningStranger(process, URI.create("http://127.0.0.1:" + port + "/mcp"), hostname);
    }

    @Override
    public void close() {
        process.close();
    }
}
