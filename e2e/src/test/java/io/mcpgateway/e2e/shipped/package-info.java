/**
 * What is shipped to be installed: chart, kustomizations, Dockerfiles. Rendered and compared here, by the programs that
 * users have, without a cluster; {@code cluster} installs it.
 */
@NullMarked
package io.mcpgateway.e2e.shipped;

import org.jspecify.annotations.NullMarked;
