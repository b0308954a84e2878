package io.mcpgateway.e2e.process;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A real Redis server without persistence, that can be paused, killed and restarted on the same port. */
public final class RedisProcess implements AutoCloseable {
    private static final int PROBES = 300;
    private static final int PROBE_MILLIS = 50;

    private final Path binary;
    private final Path log;
    private final String address;
    private final int port;
    private ChildProcess process;

    private RedisProcess(Path binary, Path log, String address, int port) throws IOException {
        this.binary = binary;
        this.log = log;
        this.address = address;
        this.port = port;
        this.process = launch();
    }

    /** Starts one on loopback and waits until it listens. */
    public static RedisProcess start(Path binary, Path log) throws IOException {
        return start(binary, log, "127.0.0.1");
    }

    /** The same at this address of the machine, for everybody who can reach it. */
    public static RedisProcess start(Path binary, Path log, String address) throws IOException {
        RedisProcess redis = new RedisProcess(binary, log, address, FreePort.next());
        redis.awaitListening();
        return redis;
    }

    /** Its URL for the broker. */
    public String url() {
        return "redis://" + address + ":" + port + "/0";
    }

    public void kill() {
        process.kill();
    }

    /** Restarts it on the same port, without data. */
    public void startAgain() throws IOException {
        process = launch();
        awaitListening();
    }

    /** Pauses it: it keeps its connections but does not answer. */
    public void freeze() throws IOException {
        process.freeze();
    }

    public void thaw() throws IOException {
        process.thaw();
    }

    @Override
    public void close() {
        process.kill();
    }

    private ChildProcess launch() throws IOException {
        List<String> command = List.of(
                binary.toString(),
                "--bind",
                address,
                "--protected-mode",
                "no",
                "--port",
                Integer.toString(port),
                "--save",
                "",
                "--appendonly",
                "no");
        return ChildProcess.start("redis", command, Map.of(), log);
    }

    private void awaitListening() throws IOException {
        for (int i = 0; i < PROBES; i++) {
            try (Socket _ = new Socket(address, port)) {
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        throw new IOException("Redis does not listen: " + String.join(" | ", process.lastLines(3)));
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PROBE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for Redis", e);
        }
    }
}
