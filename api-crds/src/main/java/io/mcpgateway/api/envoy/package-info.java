/**
 * The gateway's Envoy HTTP filter chain, defined once: the broker writes it to a standalone Envoy's files, the
 * controller puts the same trees into an EnvoyFilter. Trees, never text: nothing from a custom resource is spliced
 * into YAML or into a regular expression. JDK and Jackson only.
 */
@NullMarked
package io.mcpgateway.api.envoy;

import org.jspecify.annotations.NullMarked;
