package io.mcpgateway.broker.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;

/** Reads requests and answers with bytes that a script says, as no HTTP library would. */
public final class ScriptedServer implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final ServerSocket listener;
    private final Script script;
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final BlockingQueue<Boolean> ends = new LinkedBlockingQueue<>();

    /** Answers one request. */
    @FunctionalInterface
    public interface Script {
        /**
         * Says the answer.
         *
         * @param number of the request on its connection, from 1
         * @return whether to go on reading from the connection; else it is closed
         */
        boolean answer(Connection connection, int number) throws IOException, InterruptedException;
    }

    public ScriptedServer(Script script) throws IOException {
        this(script, ServerSocketFactory.getDefault());
    }

    ScriptedServer(Script script, ServerSocketFactory sockets) throws IOException {
        this.script = script;
        this.listener = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    public ServerSocket listener() {
        return listener;
    }

    public URI url(String path) {
        return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
    }

    /** How many requests came, whole. */
    public int requests() {
        return heads.size();
    }

    /** Of each request what came before its body. */
    public List<String> heads() {
        return heads;
    }

    public int connections() {
        return connections.get();
    }

    /** One for each connection that the client closed. */
    public BlockingQueue<Boolean> ends() {
        return ends;
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                // The test is over, or it is the next one's turn.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Connection connection = new Connection(socket);
            for (int number = 1; connection.read(); number++) {
                heads.add(connection.head);
                if (!script.answer(connection, number)) {
                    return;
                }
            }
            ends.add(true);
        } catch (IOException ended) {
            ends.add(true);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server's side of a connection. */
    public static final class Connection {
        private final Socket socket;
        private final InputStream in;
        private String head = "";

        private Connection(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
        }

        /** Puts text on the wire, a byte for each character. */
        public void say(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }

        /** Closes the way to the client only. */
        void sayNoMore() throws IOException {
            socket.shutdownOutput();
        }

        private boolean read() throws IOException {
            StringBuilder read = new StringBuilder();
            while (read.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return false;
                }
                read.append((char) next);
            }
            String whole = read.toString();
            int length = whole.lines()
                    .map(line -> line.toLowerCase(Locale.ROOT))
                    .filter(line -> line.startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.split(":", 2)[1].strip()))
                    .findFirst()
                    .orElse(0);
            head = whole;
            return in.readNBytes(length).length == length;
        }
    }
}
