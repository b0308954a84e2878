package io.mcpgateway.broker.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A file, or standard output: each line with one write, so that no line is torn.
 *
 * @param out without a buffer
 */
public record StreamSink(OutputStream out) implements AuditSink {
    public StreamSink {
        Objects.requireNonNull(out, "out");
    }

    @Override
    public int most() {
        return 1;
    }

    @Override
    public void write(List<String> lines) throws IOException {
        for (String line : lines) {
            out.write((line + '\n').getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
