/**
 * Sources of configuration: the watched file (and, in a cluster, the watched Secret).
 */
@NullMarked
package io.mcpgateway.broker.config;

import org.jspecify.annotations.NullMarked;
