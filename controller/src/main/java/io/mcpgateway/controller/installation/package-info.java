/**
 * How the controller comes into a cluster and leaves it: objects to create at its start, rights that outlive its own
 * manifests, finalizers that it lets go of. Knows the Kubernetes client, our own kinds and the marks
 * that features leave on objects of others, nothing of reconcilers.
 */
@NullMarked
package io.mcpgateway.controller.installation;

import org.jspecify.annotations.NullMarked;
