/**
 * {@code urls}: the command, and how it reads a cluster or a config.yaml.
 *
 * <p>Neighbours: {@code cluster}, {@code commands}, {@code settings}, {@code urls.recipes}.
 */
@NullMarked
package io.mcpgateway.controller.urls;

import org.jspecify.annotations.NullMarked;
