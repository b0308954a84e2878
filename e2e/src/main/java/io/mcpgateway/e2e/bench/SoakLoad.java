package io.mcpgateway.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A mix of everything that clients do: calls, lists, pings, sessions that start and end, streams that are opened and
 * abandoned, calls of unknown tools, large arguments, clients that disconnect before the response.
 */
final class SoakLoad implements AutoCloseable {
    private static final int WORKERS = 8;
    private static final int ERRORS_KEPT = 20;
    private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}";
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}";
    private static final String LARGE = BenchTraffic.call(BenchBed.TOOL).replace("hello", "y".repeat(256 * 1024));

    private final int port;
    private final Duration pause;
    private final AtomicLong operations = new AtomicLong();
    private final List<String> errors = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    private SoakLoad(int port, Duration pause) {
        this.port = port;
        this.pause = pause;
    }

    /** Starts clients that together perform this number of operations per second. */
    static SoakLoad start(int port, int perSecond) {
        SoakLoad load = new SoakLoad(port, Duration.ofSeconds(WORKERS).dividedBy(perSecond));
        for (int i = 0; i < WORKERS; i++) {
            int seed = i;
            load.threads.add(Thread.ofPlatform().daemon().name("client-" + i).start(() -> load.work(new Random(seed))));
        }
        return load;
    }

    long operations() {
        return operations.get();
    }

    /** The first errors. */
    List<String> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void close() {
        stopped = true;
        try {
            for (Thread thread : threads) {
                thread.join(Duration.ofSeconds(60));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Random random) {
        try (Client client = new Client()) {
            while (!stopped) {
                try {
                    client.step(random.nextInt(100));
                } catch (IOException | RuntimeException e) {
                    fail(e.toString());
                    client.reconnect();
                }
                operations.incrementAndGet();
                Thread.sleep(pause);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (IOException | UncheckedIOException e) {
            fail("a client gave up: " + e);
        }
    }

    private void fail(String what) {
        if (errors.size() < ERRORS_KEPT) {
            errors.add(what);
        }
    }

    /** One client: a connection and a session, renewed when it has expired. */
    private final class Client implements AutoCloseable {
        private RawConnection connection = RawConnection.open(port);
        private String session = BenchTraffic.open(connection);

        Client() throws IOException {}

        void step(int dice) throws IOException {
            if (dice < 50) {
                expect(BenchTraffic.call(BenchBed.TOOL), BenchBackend.ANSWER);
            } else if (dice < 65) {
                expect(LIST, "tool9");
            } else if (dice < 75) {
                expect(PING, "\"result\":{}");
            } else if (dice < 80) {
                expect(BenchTraffic.call("no_such_tool"), "Unknown tool");
            } else if (dice < 83) {
                expect(LARGE, BenchBackend.ANSWER);
            } else if (dice < 90) {
                BenchTraffic.end(connection, session);
                session = BenchTraffic.open(connection);
            } else if (dice < 95) {
                leave("GET", "");
            } else {
                leave("POST", BenchTraffic.call(BenchBed.TOOL));
            }
        }

        private void expect(String body, String answer) throws IOException {
            RawConnection.Answer got = ask(body);
            if (got.status() == 404 && got.text().contains("session expired")) {
                session = BenchTraffic.open(connection);
                got = ask(body);
            }
            if (got.status() != 200 || !got.text().contains(answer)) {
                fail("HTTP " + got.status() + " "
                        + got.text().substring(0, Math.min(300, got.text().length())));
            }
        }

        private RawConnection.Answer ask(String body) throws IOException {
            return connection.exchange(connection.request("POST", body, Optional.of(session)));
        }

        /** Sends a request and disconnects. */
        private void leave(String method, String body) throws IOException {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                byte[] request = RawConnection.request(port, method, body, Optional.of(session));
                String head = new String(request, StandardCharsets.UTF_8);
                if (method.equals("GET")) {
                    head = head.replace("accept: application/json, text/event-stream", "accept: text/event-stream");
                }
                socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
                if (method.equals("GET")) {
                    socket.setSoTimeout(5_000);
                    socket.getInputStream().read();
                }
            }
        }

        void reconnect() throws IOException {
            connection.close();
            connection = RawConnection.open(port);
            session = BenchTraffic.open(connection);
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }
}
