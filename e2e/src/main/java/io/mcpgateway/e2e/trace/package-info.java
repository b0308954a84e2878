/**
 * {@code make trace}: which of our own types and methods the broker runs for one request. It shows what there is to read,
 * and what a change adds to every call. It measures no time.
 */
@NullMarked
package io.mcpgateway.e2e.trace;

import org.jspecify.annotations.NullMarked;
