package io.mcpgateway.controller.doctor.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads documents over HTTP, without waiting long. */
public final class PlainHttp {
    public static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int LARGEST = 32 * 1024 * 1024;
    public static final String REFUSED = "connection refused";
    private static final int MOST_CAUSES = 10;

    private PlainHttp() {}

    /**
     * Lets requests name another host than the one they connect to, as a call through a tunnel does. The JDK reads this
     * once, so it comes before anything that makes a client of its own, such as a {@code KubernetesClient}.
     */
    public static void allowHostHeader() {
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    }

    public static HttpClient.Builder client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER);
    }

    /** The body of a 200; anything else is a problem. */
    public static byte[] get(URI address) throws IOException, InterruptedException {
        return get(address, Map.of());
    }

    public static byte[] get(URI address, Map<String, String> headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIMEOUT).GET();
        headers.forEach(request::header);
        try (HttpClient client = client().build()) {
            HttpResponse<InputStream> response =
                    client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                byte[] read = body.readNBytes(LARGEST);
                if (response.statusCode() != 200) {
                    throw new IOException("HTTP " + response.statusCode() + problem(read));
                }
                return read;
            }
        }
    }

    /** Why there is no response, in words for a report. */
    public static String why(IOException problem, URI address) {
        if (problem instanceof ConnectException) {
            // The JDK says the same of a name that leads nowhere as of a port where nobody listens.
            return isUnresolved(problem) ? "unknown host " + address.getHost() : REFUSED;
        }
        return Optional.ofNullable(problem.getMessage()).orElse("connection closed");
    }

    private static boolean isUnresolved(Throwable problem) {
        @Nullable Throwable cause = problem;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What our own servers say is wrong, in one line. */
    private static String problem(byte[] body) {
        try {
            String error = new ObjectMapper().readTree(body).path("error").asText("");
            return error.isEmpty() ? "" : ": " + error;
        } catch (IOException notJson) {
            return "";
        }
    }

    public static String text(byte[] body) {
        return new String(body, StandardCharsets.UTF_8);
    }
}
