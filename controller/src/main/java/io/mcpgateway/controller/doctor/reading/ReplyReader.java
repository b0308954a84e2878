package io.mcpgateway.controller.doctor.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.api.wire.MediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads an answer that may be an event stream, up to the reply in it: no longer, and not more, than allowed. */
final class ReplyReader {
    static final int MOST_BYTES = 4 * 1024 * 1024;
    private static final int CHUNK = 16 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplyReader() {}

    /**
     * The message that is the reply; of anything else the text.
     *
     * @param type media type of the answer
     */
    static String read(InputStream body, String type, Duration longest) throws IOException {
        boolean stream = type.toLowerCase(Locale.ROOT).startsWith(MediaTypes.EVENT_STREAM);
        CompletableFuture<Void> late = CompletableFuture.runAsync(
                () -> close(body),
                CompletableFuture.delayedExecutor(Math.max(1, longest.toMillis()), TimeUnit.MILLISECONDS));
        try (body) {
            ByteArrayOutputStream read = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            int length = body.read(chunk);
            while (length >= 0) {
                read.write(chunk, 0, length);
                Optional<String> reply = stream ? reply(text(read)) : Optional.empty();
                if (reply.isPresent()) {
                    return reply.get();
                }
                if (read.size() > MOST_BYTES) {
                    throw new IOException("the answer is larger than " + MOST_BYTES + " bytes");
                }
                length = body.read(chunk);
            }
            return text(read);
        } catch (IOException problem) {
            throw late.isDone() ? new IOException("the answer was not complete in time", problem) : problem;
        } finally {
            late.cancel(false);
        }
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException alreadyClosed) {
            // Whoever reads it learns that.
        }
    }

    private static String text(ByteArrayOutputStream read) {
        return read.toString(StandardCharsets.UTF_8);
    }

    /** The last complete event that is a response; requests and notifications of the server come before it. */
    private static Optional<String> reply(String events) {
        String lines = events.replace("\r\n", "\n").replace('\r', '\n');
        int end = lines.lastIndexOf("\n\n");
        if (end < 0) {
            return Optional.empty();
        }
        for (String event : lines.substring(0, end).split("\n\n", -1)) {
            StringBuilder data = new StringBuilder();
            event.lines()
                    .filter(line -> line.startsWith("data:"))
                    .forEach(
                            line -> data.append(line.substring("data:".length()).strip()));
            if (isResponse(data.toString())) {
                return Optional.of(data.toString());
            }
        }
        return Optional.empty();
    }

    private static boolean isResponse(String message) {
        try {
            JsonNode read = JSON.readTree(message);
            return read != null && read.has("id") && (read.has("result") || read.has("error"));
        } catch (IOException notJson) {
            return false;
        }
    }
}
