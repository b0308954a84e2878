package io.mcpgateway.broker.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One TCP connection on which a test says exactly what it wants and sees exactly what comes. */
public final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final InputStream in;

    public RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** Sends text with {@code \n} as line ends. */
    public RawClient send(String text) throws IOException {
        socket.getOutputStream()
                .write(text.replace("\r\n", "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return this;
    }

    /** Status line and headers, one per element. */
    public List<String> head() throws IOException {
        List<String> lines = new ArrayList<>();
        String line = line();
        while (!line.isEmpty()) {
            lines.add(line);
            line = line();
        }
        return lines;
    }

    /** One line without its end; empty at the end of the connection too. */
    public String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            line.write(next);
            next = in.read();
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Reads lines until one starts with the given text. */
    public String lineStarting(String start) throws IOException {
        while (true) {
            int before = in.read();
            if (before < 0) {
                throw new IOException("the connection ended before a line starting with " + start);
            }
            String line = (before == '\n' ? "" : (char) before + line()).stripTrailing();
            if (line.startsWith(start)) {
                return line;
            }
        }
    }

    /** Everything until the server closes the connection. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    public String bytes(int count) throws IOException {
        return new String(in.readNBytes(count), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
