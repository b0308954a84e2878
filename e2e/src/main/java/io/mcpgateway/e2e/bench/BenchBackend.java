package io.mcpgateway.e2e.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An MCP server that answers with prepared bytes, so the measurement is not about the server. */
public final class BenchBackend implements AutoCloseable {
    /** Part of every call's response. */
    public static final String ANSWER = "bench-answer";

    private static final String COMPLETE = "\"resultType\":\"complete\",";
    private static final String MODERN_LIST = "{" + COMPLETE + "\"ttlMs\":0,\"cacheScope\":\"public\",";
    private static final Pattern METHOD = Pattern.compile("\"method\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\"[^\"]*\"|-?\\d+)");

    private final ServerSocket server;
    private final String tools;
    private final boolean modern;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("backend-", 0).factory());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong initializes = new AtomicLong();

    private BenchBackend(ServerSocket server, String tools, boolean modern) {
        this.server = server;
        this.tools = tools;
        this.modern = modern;
    }

    /**
     * A server with this number of tools, numbered from 0.
     *
     * @param modern whether it speaks only MCP 2026-07-28, or only 2025-11-25
     */
    public static BenchBackend start(int tools, boolean modern) throws IOException {
        StringBuilder list = new StringBuilder(modern ? MODERN_LIST : "{").append("\"tools\":[");
        for (int i = 0; i < tools; i++) {
            list.append(i == 0 ? "" : ",")
                    .append("{\"name\":\"tool")
                    .append(i)
                    .append("\",\"description\":\"Tool number ")
                    .append(i)
                    .append(": ")
                    .append("does what the benchmark asks of it and says so at some length. ".repeat(3))
                    .append("\",\"inputSchema\":{\"type\":\"object\",\"properties\":{\"text\":{\"type\":\"string\",")
                    .append("\"description\":\"what to say\"},\"count\":{\"type\":\"integer\",\"minimum\":0}},")
                    .append("\"required\":[\"text\"]}}");
        }
        BenchBackend backend = new BenchBackend(
                new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()),
                list.append("]}").toString(),
                modern);
        backend.threads.execute(backend::accept);
        return backend;
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The number of initialized sessions. */
    long initializes() {
        return initializes.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                socket.setTcpNoDelay(true);
                open.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
            OutputStream out = socket.getOutputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                String body = new String(in.readNBytes(contentLength(head)), StandardCharsets.UTF_8);
                out.write(answer(head, body).getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException e) {
            // The peer has disconnected.
        } finally {
            open.remove(socket);
        }
    }

    private String answer(String head, String body) {
        if (!head.startsWith("POST")) {
            return "HTTP/1.1 " + (head.startsWith("DELETE") ? "200 OK" : "405 No") + "\r\ncontent-length: 0\r\n\r\n";
        }
        Matcher method = METHOD.matcher(body);
        Matcher id = ID.matcher(body);
        if (!method.find() || !id.find()) {
            return "HTTP/1.1 202 Accepted\r\ncontent-length: 0\r\n\r\n";
        }
        if (modern && method.group(1).equals("initialize")) {
            return refused(id.group(1));
        }
        String json = "{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + ",\"result\":" + result(method.group(1)) + "}";
        String session = method.group(1).equals("initialize")
                ? "mcp-session-id: bench-" + initializes.incrementAndGet() + "\r\n"
                : "";
        return "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n" + session + "content-length: " + json.length()
                + "\r\n\r\n" + json;
    }

    private static String refused(String id) {
        String json = "{\"jsonrpc\":\"2.0\",\"id\":" + id
                + ",\"error\":{\"code\":-32022,\"message\":\"Unsupported protocol version\","
                + "\"data\":{\"supported\":[\"2026-07-28\"],\"requested\":\"2025-11-25\"}}}";
        return "HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: " + json.length()
                + "\r\n\r\n" + json;
    }

    private String result(String method) {
        return switch (method) {
            case "initialize" ->
                "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"tools\":{}},"
                        + "\"serverInfo\":{\"name\":\"bench\",\"version\":\"1\"}}";
            case "tools/list" -> tools;
            case "server/discover" ->
                modern ? MODERN_LIST + "\"supportedVersions\":[\"2026-07-28\"],\"capabilities\":{\"tools\":{}}}" : "{}";
            case "tools/call" ->
                "{" + (modern ? COMPLETE : "") + "\"content\":[{\"type\":\"text\",\"text\":\"" + ANSWER + "\"}]}";
            default -> "{}";
        };
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder(512);
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            int length = head.length();
            if (next == '\n' && length > 3 && head.charAt(length - 3) == '\n') {
                return head.toString();
            }
        }
        return "";
    }

    private static int contentLength(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf("content-length:");
        return at < 0
                ? 0
                : Integer.parseInt(
                        head.substring(at + 15, head.indexOf('\r', at)).strip());
    }
}
