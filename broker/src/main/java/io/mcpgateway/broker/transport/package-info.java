/** HTTP/1.1 to servers, on the thread that calls: nothing is added, followed or repeated that could be executed twice. */
@NullMarked
package io.mcpgateway.broker.transport;

import org.jspecify.annotations.NullMarked;
