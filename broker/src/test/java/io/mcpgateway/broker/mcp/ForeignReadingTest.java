package io.mcpgateway.broker.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mcpgateway.broker.json.TextSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What we accept means the same to the parsers that servers use: they read the same method, name and URI from the same
 * bytes, or refuse them. Needs Node.js and Python, as the end-to-end tests do.
 */
@Timeout(300)
class ForeignReadingTest {
    private static final ObjectMapper LENIENT = new ObjectMapper();
    private static final int BODIES = 4000;

    /** As express, body-parser and the TypeScript SDK do once the charset is known to be UTF-8. */
    private static final String NODE = """
        const fs = require('fs');
        for (const line of fs.readFileSync(process.argv[2], 'ascii').split('\\n').filter(Boolean)) {
          let read = null;
          try {
            const m = JSON.parse(Buffer.from(line, 'base64').toString('utf8'));
            const p = m.params || {};
            read = [m.method, p.name, p.uri].map(v => typeof v === 'string' ? v : null);
          } catch (e) {}
          console.log(JSON.stringify(read).replace(/[\\u007f-\\uffff]/g,
              c => '\\\\u' + c.charCodeAt(0).toString(16).padStart(4, '0')));
        }
        """;
    /** As Starlette and the Python SDK do: bytes straight into the parser. */
    private static final String PYTHON = """
        import base64, json, sys
        for line in open(sys.argv[1]):
            read = None
            try:
                m = json.loads(base64.b64decode(line))
                p = m.get('params') or {}
                read = [v if isinstance(v, str) else None for v in (m.get('method'), p.get('name'), p.get('uri'))]
            except Exception:
                pass
            print(json.dumps(read))
        """;

    private static final List<String> SEEDS = List.of(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p_a\",\"arguments\":{\"name\":\"x\"}}}",
            "{\"params\":{\"_meta\":{\"name\":1},\"n\\u0061me\":\"\\ud83d\\ude00"
                    + " \u00fc\"},\"id\":\"a\",\"jsonrpc\":\"2.0\",\"method\":\"prompts\\/get\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"resources/read\",\"params\":{\"uri\":\"a:b%20c\\u0000\"}}",
            "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"id\":1.5e3,\"params\":{\"name\":\"\\ud800\",\"x\":[[{}],null]}}",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"p\",\"x\":\"+ACI-,+ACI-name+ACI-:+ACI-s\"}}");

    /** What a reader may trip over; put anywhere. */
    private static final List<String> PIECES = List.of(
            "\"name\":\"evil\",",
            ",\"name\":\"evil\"",
            "\"NAME\":\"evil\",",
            "\"\\u006eame\":\"evil\",",
            "\"method\":\"evil\",",
            "\u0000",
            "\uFEFF",
            "\u2028",
            "\\u0022",
            "//",
            "/*x*/",
            "NaN",
            "Infinity",
            "-0",
            "01",
            "'",
            "\\x",
            "\\",
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            " ",
            "\t",
            "\n",
            "\f",
            "\u00a0",
            "\u017f",
            "\u212a",
            "__proto__",
            "\"__proto__\":{\"name\":\"evil\"},");

    @TempDir
    private Path folder;

    @Test
    void nodePythonAndJacksonReadWhatWeRead() throws Exception {
        List<byte[]> accepted = new ArrayList<>();
        List<List<Optional<String>>> ours = new ArrayList<>();
        for (byte[] body : bodies()) {
            Optional<List<Optional<String>>> reading = reading(body);
            if (reading.isPresent()) {
                accepted.add(body);
                ours.add(reading.get());
            }
        }
        assertThat(accepted).hasSizeGreaterThan(BODIES / 20);
        Path file = folder.resolve("bodies");
        Files.write(
                file, accepted.stream().map(Base64.getEncoder()::encodeToString).toList());

        List<JsonNode> node = run("node", write("read.js", NODE), file);
        List<JsonNode> python = run("python3", write("read.py", PYTHON), file);

        assertThat(node).hasSameSizeAs(accepted);
        assertThat(python).hasSameSizeAs(accepted);
        for (int index = 0; index < accepted.size(); index++) {
            String body = new String(accepted.get(index), StandardCharsets.UTF_8);
            assertThat(strings(node.get(index))).as("Node of %s", body).isIn(List.of(), ours.get(index));
            assertThat(strings(python.get(index))).as("Python of %s", body).isIn(List.of(), ours.get(index));
            JsonNode tree = LENIENT.readTree(accepted.get(index));
            assertThat(List.of(
                            Optional.ofNullable(tree.path("method").textValue()),
                            Optional.ofNullable(tree.at("/params/name").textValue()),
                            Optional.ofNullable(tree.at("/params/uri").textValue())))
                    .as("Jackson of %s", body)
                    .isEqualTo(ours.get(index));
        }
    }

    private static List<byte[]> bodies() {
        Random random = new Random(20261130);
        List<byte[]> bodies = new ArrayList<>();
        SEEDS.forEach(seed -> bodies.add(seed.getBytes(StandardCharsets.UTF_8)));
        while (bodies.size() < BODIES) {
            StringBuilder text = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            int at = random.nextInt(text.length());
            text.replace(at, at + (random.nextBoolean() ? 1 : 0), piece);
            byte[] body = text.toString().getBytes(StandardCharsets.UTF_8);
            if (random.nextInt(8) == 0) {
                body[random.nextInt(body.length)] = (byte) random.nextInt(256);
            }
            bodies.add(body);
        }
        return bodies;
    }

    private static Optional<List<Optional<String>>> reading(byte[] body) {
        return switch (JsonRpcParser.parse(body)) {
            case JsonRpcMessage.Request(var _, String method, JsonRpcMessage.Params params) ->
                Optional.of(reading(method, params));
            case JsonRpcMessage.Notification(String method, JsonRpcMessage.Params params) ->
                Optional.of(reading(method, params));
            case JsonRpcMessage.Reply _, JsonRpcMessage.Malformed _ -> Optional.empty();
        };
    }

    private static List<Optional<String>> reading(String method, JsonRpcMessage.Params params) {
        return List.of(
                Optional.of(method),
                params.name().map(TextSpan::value),
                params.uri().map(TextSpan::value));
    }

    /** Empty if the reader refused. */
    private static List<Optional<String>> strings(JsonNode read) {
        List<Optional<String>> strings = new ArrayList<>();
        read.forEach(value -> strings.add(Optional.ofNullable(value.textValue())));
        return strings;
    }

    private Path write(String name, String script) throws IOException {
        return Files.writeString(folder.resolve(name), script);
    }

    private static List<JsonNode> run(String program, Path script, Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(program, script.toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<JsonNode> read = new ArrayList<>();
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                read.add(LENIENT.readTree(line));
            }
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(program).isZero();
        return read;
    }
}
