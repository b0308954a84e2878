package io.mcpgateway.e2e.servers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A server that answers initialize with an outdated protocol version. */
final class WrongProtocolServlet extends HttpServlet {
    static final String VERSION = "1999-12-31";

    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonNode message = JSON.readTree(request.getInputStream());
        if (!message.has("id")) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        ObjectNode answer = JSON.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", message.get("id"));
        ObjectNode result = answer.putObject("result").put("protocolVersion", VERSION);
        result.putObject("capabilities").putObject("tools");
        result.putObject("serverInfo").put("name", "sample-broken").put("version", "1.0.0");
        response.setContentType("application/json");
        response.setHeader("Mcp-Session-Id", "broken");
        JSON.writeValue(response.getOutputStream(), answer);
    }
}
