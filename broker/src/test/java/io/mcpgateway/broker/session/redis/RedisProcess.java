package io.mcpgateway.broker.session.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real Redis server on the loopback, without a disk, that can be paused, killed and started again on its port. */
final class RedisProcess implements AutoCloseable {
    static final String PASSWORD = "pass:w@rd/1";

    private final Path binary;
    private final int port;
    private Process process;

    private RedisProcess(Path binary, int port) throws IOException {
        this.binary = binary;
        this.port = port;
        this.process = launch();
    }

    /** Skips the test if no server can be had, unless {@code CI=true}. */
    static RedisProcess start() {
        try {
            RedisProcess redis = new RedisProcess(locate(), freePort());
            redis.awaitListening();
            return redis;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path locate() throws IOException {
        Process script = new ProcessBuilder("../scripts/tools.sh", "redis")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String path = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        boolean there = script.onExit().join().exitValue() == 0;
        if (!"true".equals(System.getenv("CI"))) {
            Assumptions.assumeTrue(there, "scripts/tools.sh redis has no Redis for this machine");
        }
        assertThat(there).as("scripts/tools.sh redis").isTrue();
        return Path.of(path);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        Process server = new ProcessBuilder(
                        binary.toString(), "-") // its configuration comes on standard input, the password with it
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectErrorStream(true)
                .start();
        try (var configuration = server.outputWriter(StandardCharsets.UTF_8)) {
            configuration.write(
                    "bind 127.0.0.1\nport " + port + "\nsave \"\"\nappendonly no\nrequirepass " + PASSWORD + "\n");
        }
        return server;
    }

    RedisUrl url() {
        return new RedisUrl("127.0.0.1", port, false, Optional.empty(), Optional.of(PASSWORD), 0);
    }

    /** It keeps its connections and answers nothing. */
    void pause() {
        signal("-STOP");
    }

    void goOn() {
        signal("-CONT");
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** The same port, and nothing remembered. */
    void startAgain() {
        try {
            process = launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitListening();
    }

    private void awaitListening() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(this::isListening);
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
            return true;
        } catch (IOException notYet) {
            assertThat(process.isAlive()).as("redis-server runs").isTrue();
            return false;
        }
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
            assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        kill();
    }
}
