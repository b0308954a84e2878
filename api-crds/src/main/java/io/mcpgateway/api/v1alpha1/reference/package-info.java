/** What the custom resources refer to: Gateways, HTTPRoutes, Secrets. */
@NullMarked
package io.mcpgateway.api.v1alpha1.reference;

import org.jspecify.annotations.NullMarked;
