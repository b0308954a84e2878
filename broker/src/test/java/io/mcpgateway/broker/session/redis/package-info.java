@NullMarked
package io.mcpgateway.broker.session.redis;

import org.jspecify.annotations.NullMarked;
