package io.mcpgateway.e2e.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;

/** An application without MCP: it answers with details of the request. */
final class EchoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ObjectNode seen = JSON.createObjectNode()
                .put("method", request.getMethod())
                .put("host", request.getHeader("Host"))
                .put("path", request.getRequestURI())
                .put("bytes", request.getInputStream().transferTo(OutputStream.nullOutputStream()));
        response.setContentType("application/json");
        JSON.writeValue(response.getOutputStream(), seen);
    }
}
