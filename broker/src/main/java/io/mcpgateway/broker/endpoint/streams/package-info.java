/** The open streams of clients, of whatever revision, and who is told on them that a list has changed. */
@NullMarked
package io.mcpgateway.broker.endpoint.streams;

import org.jspecify.annotations.NullMarked;
