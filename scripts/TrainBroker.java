import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.envoyproxy.envoy.config.core.v3.HeaderMap;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.extensions.filters.http.ext_proc.v3.ProcessingMode.BodySendMode;
import io.envoyproxy.envoy.service.ext_proc.v3.ExternalProcessorGrpc;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpBody;
import io.envoyproxy.envoy.service.ext_proc.v3.HttpHeaders;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingRequest;
import io.envoyproxy.envoy.service.ext_proc.v3.ProcessingResponse;
import io.envoyproxy.envoy.service.ext_proc.v3.ProtocolConfiguration;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Is the Envoy of a training run, and the MCP server behind it, so that the broker loads what a start, a session and its calls need:
 * {@code java -cp 'lib/*' TrainBroker.java URL PID ROUTER-PORT GATEWAY-PORT}. The configuration must name one server, at the gateway's port.
 */
class TrainBroker {
    private static final int SESSIONS = 40;
    private static final int CALLS = 50;
    private static final int TOOLS = 10;
    private static final long PATIENCE_SECONDS = 60;
    private static final String CALL = """
            {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"train_tool%d","arguments":{"text":"hi"}}}""";

    private final URI base;
    private final ManagedChannel router;

    private TrainBroker(URI base, int routerPort) {
        this.base = base;
        this.router = NettyChannelBuilder.forAddress("127.0.0.1", routerPort)
                .usePlaintext()
                .directExecutor()
                .build();
    }

    public static void main(String[] line) throws IOException, InterruptedException {
        TrainBroker training = new TrainBroker(URI.create(line[0]), Integer.parseInt(line[2]));
        HttpServer gateway = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line[3])), 16);
        gateway.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        gateway.createContext("/mcp", training::serve);
        gateway.start();
        try {
            Train.awaitStart(training.base, Long.parseLong(line[1]));
            Train.get(training.base.resolve("/readyz"));
            Train.get(training.base.resolve("/status"));
            training.awaitTools();
            for (int i = 0; i < SESSIONS; i++) {
                training.session();
            }
        } finally {
            training.router.shutdownNow();
            gateway.stop(0);
        }
    }

    private void awaitTools() throws IOException, InterruptedException {
        Optional<String> session = open();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        String tools = "";
        while (!tools.contains("train_tool" + (TOOLS - 1))) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException("the broker does not list the server's tools: " + tools);
            }
            Thread.sleep(50);
            tools = ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", session);
        }
    }

    private void session() throws IOException, InterruptedException {
        Optional<String> session = open();
        ask("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", session);
        ask("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"tools/list\"}", session);
        ask("{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"ping\"}", session);
        for (int call = 0; call < CALLS; call++) {
            byte[] body = CALL.formatted(call + 4, call % TOOLS).getBytes(StandardCharsets.UTF_8);
            if (!decide(head("POST", session), body).hasRequestHeaders()) {
                throw new IllegalStateException("a call was refused");
            }
        }
        exchange("DELETE", "", session);
    }

    private Optional<String> open() throws IOException, InterruptedException {
        return exchange("POST", Train.INITIALIZE, Optional.empty()).headers().firstValue("Mcp-Session-Id");
    }

    private String ask(String message, Optional<String> session) throws IOException, InterruptedException {
        return new String(exchange("POST", message, session).body(), StandardCharsets.UTF_8);
    }

    /** What the broker answers itself: the router is asked first, as by Envoy. */
    private HttpResponse<byte[]> exchange(String method, String message, Optional<String> session)
            throws IOException, InterruptedException {
        decide(head(method, session), message.getBytes(StandardCharsets.UTF_8));
        return Train.send(base, method, message, session);
    }

    private static HeaderMap.Builder head(String method, Optional<String> session) {
        HeaderMap.Builder head = pseudo(method);
        add(head, "content-type", "application/json");
        add(head, "accept", "application/json, text/event-stream");
        add(head, "user-agent", "training");
        add(head, "x-forwarded-for", "192.0.2.1");
        add(head, "x-forwarded-proto", "http");
        add(head, "x-request-id", "9b2f1f0e-0000-4000-8000-000000000000");
        add(head, "mcp-protocol-version", "2025-06-18");
        session.ifPresent(id -> add(head, "mcp-session-id", id));
        return head;
    }

    private static HeaderMap.Builder pseudo(String method) {
        HeaderMap.Builder head = HeaderMap.newBuilder();
        add(head, ":method", method);
        add(head, ":scheme", "http");
        add(head, ":authority", "mcp.test");
        add(head, ":path", "/mcp");
        return head;
    }

    private static void add(HeaderMap.Builder head, String name, String value) {
        head.addHeaders(HeaderValue.newBuilder().setKey(name).setRawValue(ByteString.copyFromUtf8(value)));
    }

    /** One ext_proc stream as Envoy has it: headers and body at once, a reply to each, then a reset. */
    private ProcessingResponse decide(HeaderMap.Builder head, byte[] body) throws InterruptedException {
        BlockingQueue<Object> replies = new LinkedBlockingQueue<>();
        ClientCall<ProcessingRequest, ProcessingResponse> call =
                router.newCall(ExternalProcessorGrpc.getProcessMethod(), CallOptions.DEFAULT.withWaitForReady());
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(ProcessingResponse reply) {
                        replies.add(reply);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        replies.add(status);
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(ProcessingRequest.newBuilder()
                .setProtocolConfig(ProtocolConfiguration.newBuilder()
                        .setRequestBodyMode(BodySendMode.STREAMED)
                        .setSendBodyWithoutWaitingForHeaderResponse(true))
                .setRequestHeaders(HttpHeaders.newBuilder().setHeaders(head).setEndOfStream(body.length == 0))
                .build());
        if (body.length > 0) {
            call.sendMessage(ProcessingRequest.newBuilder()
                    .setRequestBody(HttpBody.newBuilder().setBody(ByteString.copyFrom(body)).setEndOfStream(true))
                    .build());
        }
        Object reply = replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!(reply instanceof ProcessingResponse first)) {
            throw new IllegalStateException("the router did not answer: " + reply);
        }
        if (body.length > 0 && !first.hasImmediateResponse()) {
            replies.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        call.cancel("answered", null);
        return first;
    }

    /** The gateway as the broker reaches servers: the router decides, and the server answers. */
    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            HeaderMap.Builder head = pseudo(exchange.getRequestMethod());
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            values.forEach(value -> add(head, name.toLowerCase(Locale.ROOT), value)));
            decide(head, body);
            answer(exchange, new String(body, StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, String message) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            exchange.sendResponseHeaders(exchange.getRequestMethod().equals("DELETE") ? 200 : 405, -1);
            return;
        }
        Optional<String> id = field(message, "id");
        if (id.isEmpty()) {
            exchange.sendResponseHeaders(202, -1);
            return;
        }
        String result =
                switch (field(message, "method").orElse("")) {
                    case "\"initialize\"" -> """
                        {"protocolVersion":"2025-06-18","capabilities":{"tools":{"listChanged":true}},\
                        "serverInfo":{"name":"training","version":"1"}}""";
                    case "\"tools/list\"" -> "{\"tools\":[" + tools() + "]}";
                    default -> "{}";
                };
        byte[] body = "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":%s}"
                .formatted(id.get(), result)
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("content-type", "application/json");
        exchange.getResponseHeaders().add("mcp-session-id", "training");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String tools() {
        return IntStream.range(0, TOOLS)
                .mapToObj("""
                        {"name":"tool%d","description":"says what it was told","inputSchema":{"type":"object",\
                        "properties":{"text":{"type":"string"}},"required":["text"]}}"""::formatted)
                .collect(Collectors.joining(","));
    }

    /** A member of the broker's messages, which are flat where it matters, as JSON text. */
    private static Optional<String> field(String message, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":(\"[^\"]*\"|\\d+)").matcher(message);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
