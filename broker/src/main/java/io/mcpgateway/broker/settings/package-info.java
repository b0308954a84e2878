/**
 * Command line and environment, read once into one immutable record; every problem is reported together.
 */
@NullMarked
package io.mcpgateway.broker.settings;

import org.jspecify.annotations.NullMarked;
