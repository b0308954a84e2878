/**
 * What is shipped: chart, kustomizations, Dockerfiles, release and workflows. Rendered and compared here with the
 * programs that users have, without a cluster; {@code cluster} installs it.
 */
@NullMarked
package io.mcpgateway.e2e.shipped;

import org.jspecify.annotations.NullMarked;
