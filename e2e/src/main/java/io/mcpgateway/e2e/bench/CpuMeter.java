package io.mcpgateway.e2e.bench;

import java.io.IOException;

/** CPU time of one process, or of several together. */
@FunctionalInterface
public interface CpuMeter {
    /** Used so far, in microseconds. */
    long cpuMicros() throws IOException;
}
