package io.mcpgateway.e2e.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One HTTP/1.1 connection that costs almost nothing: sends a request as bytes and reads the complete response. */
public final class RawConnection implements AutoCloseable {
    private static final int LIMIT_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int port;

    private RawConnection(Socket socket, int port) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
        this.out = socket.getOutputStream();
        this.port = port;
    }

    /** The response. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    public record Answer(int status, String session, byte[] body) {
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public static RawConnection open(int port) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(LIMIT_MILLIS);
        return new RawConnection(socket, port);
    }

    /** The bytes of one request to this connection's port. */
    public byte[] request(String method, String body, Optional<String> session) {
        return request(port, method, body, session);
    }

    static byte[] request(int port, String method, String body, Optional<String> session) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(method)
                .append(" /mcp HTTP/1.1\r\nhost: 127.0.0.1:")
                .append(port)
                .append("\r\naccept: application/json, text/event-stream\r\n")
                .append("mcp-protocol-version: 2025-11-25\r\n");
        session.ifPresent(id -> head.append("mcp-session-id: ").append(id).append("\r\n"));
        if (content.length > 0) {
            head.append("content-type: application/json\r\n");
        }
        head.append("content-length: ").append(content.length).append("\r\n\r\n");
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** The bytes of one message to this path with these headers, and those that every message has. */
    byte[] message(String path, String body, Map<String, String> headers) {
        StringBuilder head = new StringBuilder("POST ")
                .append(path)
                .append(" HTTP/1.1\r\nhost: 127.0.0.1:")
                .append(port)
                .append("\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("accept: application/json, text/event-stream\r\ncontent-type: application/json\r\ncontent-length: ")
                .append(body.getBytes(StandardCharsets.UTF_8).length)
                .append("\r\n\r\n");
        return (head + body).getBytes(StandardCharsets.UTF_8);
    }

    /** Sends a request and waits for the complete response. */
    public Answer exchange(byte[] request) throws IOException {
        out.write(request);
        out.flush();
        String line = line();
        int status = Integer.parseInt(line.substring(9, 12));
        String session = "";
        int length = 0;
        boolean chunked = false;
        for (line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            switch (name) {
                case "content-length" -> length = Integer.parseInt(value);
                case "transfer-encoding" -> chunked = true;
                case "mcp-session-id" -> session = value;
                default -> {}
            }
        }
        return new Answer(status, session, chunked ? chunks() : in.readNBytes(length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private byte[] chunks() throws IOException {
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line(), 16);
            body.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("connection closed");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }
}
