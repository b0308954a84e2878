/**
 * How the controller comes into a cluster and leaves it: objects to create at its start, rights that outlive its own
 * manifests, finalizers that it lets go of. Knows the Kubernetes client and our own kinds, nothing of reconcilers.
 */
@NullMarked
package io.mcpgateway.controller.cluster.installation;

import org.jspecify.annotations.NullMarked;
