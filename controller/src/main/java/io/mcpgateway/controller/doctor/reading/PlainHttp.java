package io.mcpgateway.controller.doctor.reading;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads documents over HTTP, without waiting long. */
final class PlainHttp {
    static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int LARGEST = 32 * 1024 * 1024;

    private PlainHttp() {}

    static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    /** The body of a 200; anything else is a problem. */
    static byte[] get(URI address) throws IOException, InterruptedException {
        try (HttpClient client = client().build()) {
            HttpResponse<InputStream> response = client.send(
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).GET().build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] read = body.readNBytes(LARGEST);
                if (response.statusCode() != 200) {
                    throw new IOException("HTTP " + response.statusCode());
                }
                return read;
            }
        }
    }

    static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
