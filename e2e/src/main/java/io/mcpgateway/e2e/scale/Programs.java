package io.mcpgateway.e2e.scale;

import io.mcpgateway.e2e.bench.BrokerImage;
import io.mcpgateway.e2e.process.ProjectFolder;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What a bed runs.
 *
 * @param envoy the binary
 * @param redis the binary of the session store, for curves that need one
 */
record Programs(ProjectFolder project, BrokerImage image, Path envoy, Optional<Path> redis) {}
