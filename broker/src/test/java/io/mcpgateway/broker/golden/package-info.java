/** What every test of golden files does. */
@NullMarked
package io.mcpgateway.broker.golden;

import org.jspecify.annotations.NullMarked;
