package io.mcpgateway.broker.transport;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Servers that are odd, or wrong, in how they use HTTP/1.x: rows of what each does, and its script. */
public final class OddServers {
    public static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    private static final String CHUNKS = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

    private OddServers() {}

    /** Those that close connections in their own ways, by what they do. */
    public static Stream<Arguments> closing() {
        Map<String, ScriptedServer.Script> servers = new LinkedHashMap<>();
        servers.put("HTTP/1.0", ending(OK.replace("1.1", "1.0")));
        servers.put("HTTP/1.0, no length", ending("HTTP/1.0 200 OK\r\nContent-Type: application/json\r\n\r\n{}"));
        servers.put("closes as it says", ending(OK.replace("Content-Type", "Connection: close\r\nContent-Type")));
        servers.put("closes without saying so", ending(OK));
        servers.put("closes a little later without saying so", (connection, _) -> {
            connection.say(OK);
            // Not asleep: on a busy machine it could take long to wake up, and then it is closingAfterThree.
            for (long end = System.nanoTime() + 1_000_000; System.nanoTime() < end; ) {
                Thread.onSpinWait();
            }
            return false;
        });
        servers.put("closes its side only", (connection, _) -> {
            connection.say(OK);
            connection.sayNoMore();
            return true;
        });
        return rows(servers);
    }

    /** Keeps the connection twice. A call that is on its way when it closes it the third time is lost to everybody. */
    public static ScriptedServer.Script closingAfterThree() {
        return (connection, number) -> {
            connection.say(OK);
            return number < 3;
        };
    }

    /** Those that keep the connection and whose answer can be read, to {@code 200} and {@code {}}. */
    public static Stream<Arguments> readable() {
        Map<String, ScriptedServer.Script> servers = new LinkedHashMap<>();
        servers.put("byte by byte", (connection, _) -> {
            for (int i = 0; i < OK.length(); i++) {
                connection.say(OK.substring(i, i + 1));
            }
            return true;
        });
        servers.put("100 unasked", keeping("HTTP/1.1 100 Continue\r\n\r\n" + OK));
        servers.put(
                "early hints",
                keeping("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n" + OK));
        servers.put(
                "chunks with extensions and trailers",
                keeping(CHUNKS + "1;a=b;c=\"d e\"\r\n{\r\n0001\r\n}\r\n0;x\r\nX-Trailer: 1\r\n\r\n"));
        servers.put("Chunked", keeping(CHUNKS.replace("chunked", "Chunked") + "2\r\n{}\r\n0\r\n\r\n"));
        servers.put(
                "a header of 20 kB",
                keeping(OK.replace("Content-Type", "X: " + "x".repeat(20_000) + "\r\nContent-Type")));
        servers.put("no reason phrase", keeping(OK.replace(" OK", "")));
        servers.put("line feeds only", keeping(OK.replace("\r\n", "\n")));
        return rows(servers);
    }

    /** Those whose answer is not complete, or not HTTP. */
    public static Stream<Arguments> broken() {
        Map<String, ScriptedServer.Script> servers = new LinkedHashMap<>();
        servers.put("no answer", (_, _) -> false);
        servers.put("another protocol", ending("SSH-2.0-x\r\n\r\n"));
        servers.put("a header of 10 MB", ending("HTTP/1.1 200 OK\r\nX: " + "x".repeat(10_000_000)));
        servers.put("a million headers", ending("HTTP/1.1 200 OK\r\n" + "X: y\r\n".repeat(1_000_000)));
        servers.put(
                "six headers of 60 kB",
                keeping(OK.replace("Content-Type", ("X: " + "x".repeat(60_000) + "\r\n").repeat(6) + "Content-Type")));
        servers.put("two lengths", keeping(OK.replace("Content-Type", "Content-Length: 3\r\nContent-Type")));
        servers.put("a negative length", keeping(OK.replace(": 2", ": -2")));
        servers.put("a bad chunk", keeping(CHUNKS + "zz\r\n{}\r\n0\r\n\r\n"));
        servers.put("cut off", ending(OK.replace(": 2", ": 20")));
        servers.put("cut off after a chunk", ending(CHUNKS + "2\r\n{}\r\n"));
        return rows(servers);
    }

    private static Stream<Arguments> rows(Map<String, ScriptedServer.Script> servers) {
        return servers.entrySet().stream().map(row -> Arguments.of(row.getKey(), row.getValue()));
    }

    /** Sends this to every request and closes. */
    public static ScriptedServer.Script ending(String answer) {
        return (connection, _) -> {
            connection.say(answer);
            return false;
        };
    }

    /** Sends this to every request. */
    public static ScriptedServer.Script keeping(String answer) {
        return (connection, _) -> {
            connection.say(answer);
            return true;
        };
    }
}
