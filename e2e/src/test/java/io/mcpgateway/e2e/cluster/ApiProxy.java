package io.mcpgateway.e2e.cluster;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A proxy between a controller and the API server that cuts off the controller when its {@link ControllerLife} ends. It
 * passes on everything else, including watches and web sockets; every connection has one request.
 */
final class ApiProxy implements AutoCloseable {
    private static final int MOST_OF_HEAD = 64 * 1024;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final int target;
    private final ServerSocket listener;
    private volatile ControllerLife life = new ControllerLife(Cut.NONE);

    private ApiProxy(int target, ServerSocket listener) {
        this.target = target;
        this.listener = listener;
    }

    /** Starts a proxy to this port of this machine. */
    static ApiProxy start(int target) throws IOException {
        ApiProxy proxy = new ApiProxy(target, new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
        Thread.ofVirtual().name("api-proxy").start(proxy::accept);
        return proxy;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Starts again for the next controller. */
    ControllerLife begin(Cut cut) {
        life = new ControllerLife(cut);
        return life;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                ControllerLife current = life;
                Thread.ofVirtual().start(() -> serve(client, current));
            }
        } catch (IOException closed) {
            // Closing the listener ends this loop.
        }
    }

    private void serve(Socket client, ControllerLife current) {
        try (client) {
            InputStream in = new BufferedInputStream(client.getInputStream());
            ApiRequest request = ApiRequest.of(head(in));
            if (!current.admits(request)) {
                return;
            }
            try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
                server.getOutputStream().write(request.forwarded().getBytes(StandardCharsets.ISO_8859_1));
                Thread.ofVirtual().start(() -> pass(in, server));
                answer(request, current, server.getInputStream(), client.getOutputStream());
            }
        } catch (IOException | IllegalArgumentException broken) {
            // A controller that is killed leaves broken connections.
        }
    }

    private static void answer(ApiRequest request, ControllerLife current, InputStream from, OutputStream to)
            throws IOException {
        byte[] buffer = new byte[16 * 1024];
        int first = from.read(buffer);
        if (first < 0 || !current.learns(request)) {
            return;
        }
        to.write(buffer, 0, first);
        from.transferTo(to);
    }

    /** If the controller closes its connection, so does this proxy, so the API server ends the watch. */
    private static void pass(InputStream from, Socket to) {
        try (to) {
            from.transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // The response has ended, which closes both connections.
        }
    }

    /** The text up to the empty line; the rest stays in the stream. */
    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < MOST_OF_HEAD) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            text.append((char) next);
            if (next == '\n' && text.toString().endsWith(END_OF_HEAD)) {
                return text.toString();
            }
        }
        throw new IOException("no whole head");
    }
}
