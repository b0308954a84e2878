package io.mcpgateway.broker.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mcpgateway.broker.authorization.trusted.AuthorizationSettings;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Pages are joined once, and every answer is written from their bytes: what a request allocates, from socket to socket, does
 * not grow with the list. (Counted for the whole JVM, because virtual threads have no count of their own.)
 */
class ListAllocationTest {
    private static final int PAGE = 2_500;
    private static final int REQUESTS = 200;
    private static final int WARM_UP = 50;

    /** In bytes. A request costs about 25 KB, and a copy of a page of these tools 138 KB. */
    private static final long MOST = 64 * 1024;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Pattern HEAD = Pattern.compile("(?is).*?content-length: (\\d+)\r\n.*?\r\n\r\n");
    private static final String MODERN = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n";
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"c\",\"version\":\"1\"},"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";

    private final EndpointFixture fixture = new EndpointFixture(
            Duration.ofSeconds(15), 10, new AuthorizationSettings(Optional.empty(), false, false), PAGE);

    @BeforeEach
    void serveTwoPages() {
        String[] tools =
                IntStream.range(0, 2 * PAGE).mapToObj("tool%04d"::formatted).toArray(String[]::new);
        fixture.report(EndpointFixture.ONE, tools);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void firstPage() throws Exception {
        assertThat(allocated(session(), "")).isLessThan(MOST);
        assertThat(allocated(MODERN, META)).isLessThan(MOST);
    }

    @Test
    void laterPage() throws Exception {
        String cursor = after("s1_tool2499");
        assertThat(allocated(session(), cursor)).isLessThan(MOST);
        assertThat(allocated(MODERN, cursor + "," + META)).isLessThan(MOST);
    }

    /** Not kept, so that clients cannot fill the memory with pages; it is joined without further copies. */
    @Test
    void pageOfAMadeUpCursor() throws Exception {
        String cursor = after("s1_tool0100");
        assertThat(allocated(session(), cursor)).isBetween(2 * MOST, 8 * MOST);
    }

    /** As the broker makes it. */
    private static String after(String name) {
        byte[] text = ("tools/list\n" + name).getBytes(StandardCharsets.UTF_8);
        return "\"cursor\":\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(text) + '"';
    }

    private String session() throws IOException, InterruptedException {
        return "Mcp-Session-Id: " + fixture.initialize() + "\r\n";
    }

    /** In bytes, for one request. */
    private long allocated(String headers, String params) throws IOException {
        String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":{" + params + "}}";
        byte[] request = ("POST /mcp HTTP/1.1\r\nHost: h\r\nAccept: application/json, text/event-stream\r\n"
                        + "Content-Type: application/json\r\n" + headers
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.port())) {
            Lister lister = new Lister(socket.getInputStream(), socket.getOutputStream(), request);
            lister.first();
            lister.repeat(WARM_UP);
            long before = THREADS.getTotalThreadAllocatedBytes();
            lister.repeat(REQUESTS);
            return (THREADS.getTotalThreadAllocatedBytes() - before) / REQUESTS;
        }
    }

    /** A client that allocates nothing after its first answer. */
    private static final class Lister {
        private final InputStream in;
        private final OutputStream out;
        private final byte[] request;
        private final byte[] answer = new byte[1024 * 1024];
        private int length;

        Lister(InputStream in, OutputStream out, byte[] request) {
            this.in = in;
            this.out = out;
            this.request = request;
        }

        void first() throws IOException {
            out.write(request);
            int got = in.read(answer);
            Matcher head = HEAD.matcher(new String(answer, 0, got, StandardCharsets.ISO_8859_1));
            assertThat(head.lookingAt()).isTrue();
            length = head.end() + Integer.parseInt(head.group(1));
            assertThat(length).isGreaterThan(2 * (int) MOST);
            read(length - got);
        }

        void repeat(int times) throws IOException {
            for (int i = 0; i < times; i++) {
                out.write(request);
                read(length);
            }
        }

        private void read(int bytes) throws IOException {
            int left = bytes;
            while (left > 0) {
                int got = in.read(answer, 0, left);
                if (got < 0) {
                    throw new EOFException("the connection was closed");
                }
                left -= got;
            }
        }
    }
}
