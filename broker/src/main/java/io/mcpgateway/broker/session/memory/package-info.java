/**
 * The session store of one process: bounded, expiring, lost on exit.
 */
@NullMarked
package io.mcpgateway.broker.session.memory;

import org.jspecify.annotations.NullMarked;
