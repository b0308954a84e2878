package io.mcpgateway.broker.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client with a session. */
final class LegacyClient implements AutoCloseable {
    static final String DEPLOY =
            "{\"jsonrpc\":\"2.0\",\"id\":\"c-7\",\"method\":\"tools/call\",\"params\":{\"name\":\"one_deploy\","
                    + "\"arguments\":{\"n\":1.0},\"_meta\":{\"progressToken\":5}}}";

    private static final Pattern OUR_ID = Pattern.compile("\"id\":\"(mcpgw1\\.[A-Za-z0-9._-]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI url;
    private final String session;

    private LegacyClient(URI url, String session) {
        this.url = url;
        this.session = session;
    }

    /** @param capabilities members of the object */
    static LegacyClient connect(URI url, String capabilities) throws IOException, InterruptedException {
        LegacyClient fresh = new LegacyClient(url, "");
        HttpResponse<String> response = fresh.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
                + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{" + capabilities
                + "},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new LegacyClient(
                url, response.headers().firstValue("mcp-session-id").orElseThrow());
    }

    /** The same session elsewhere: at another replica, or past the router. */
    LegacyClient at(URI other) {
        return new LegacyClient(other, session);
    }

    HttpResponse<String> post(String body, String... headers) throws IOException, InterruptedException {
        return http.send(request(headers).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> delete() throws IOException, InterruptedException {
        return http.send(request().DELETE().build(), BodyHandlers.ofString());
    }

    /** Returns when the answer has begun. */
    Call stream(String body, String... headers) throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response =
                http.send(request(headers).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofLines());
        return new Call(response, response.body().iterator());
    }

    /** The session's own stream, once it is open. */
    Call listen() throws IOException, InterruptedException {
        HttpResponse<Stream<String>> response =
                http.send(request("Accept", "text/event-stream").GET().build(), BodyHandlers.ofLines());
        assertThat(response.statusCode()).isEqualTo(200);
        return new Call(response, response.body().iterator());
    }

    private HttpRequest.Builder request(String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(30))
                .setHeader("Content-Type", "application/json")
                .setHeader("Accept", "application/json, text/event-stream");
        if (!session.isEmpty()) {
            request.setHeader("Mcp-Session-Id", session).setHeader("MCP-Protocol-Version", "2025-11-25");
        }
        for (int index = 0; index < headers.length; index += 2) {
            request.setHeader(headers[index], headers[index + 1]);
        }
        return request;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** An answer that comes piece by piece. */
    record Call(HttpResponse<Stream<String>> response, Iterator<String> lines) {
        /** The next message that has this text. */
        String next(String text) {
            while (lines.hasNext()) {
                String line = lines.next();
                if (line.startsWith("data:") && line.contains(text)) {
                    return line.substring("data: ".length());
                }
            }
            throw new AssertionError("the stream ended before a line with " + text);
        }

        /** The id of the next question of this method. */
        String asked(String method) {
            String question = next(method);
            Matcher ours = OUR_ID.matcher(question);
            assertThat(ours.find()).as(question).isTrue();
            return ours.group(1);
        }

        /** Everything that is left. */
        List<String> rest() {
            return Stream.generate(() -> lines.hasNext() ? lines.next() : "(end)")
                    .takeWhile(line -> !line.equals("(end)"))
                    .filter(line -> line.startsWith("data:"))
                    .toList();
        }

        void leave() {
            response.body().close();
        }
    }
}
