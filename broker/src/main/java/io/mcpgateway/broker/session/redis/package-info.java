/**
 * The session store that replicas share: Redis, Valkey, or a compatible server. {@code RedisSessionStore} is the plain
 * adapter, which fails when the server does; {@code SharedSessionStore} around it goes on with what this process knows.
 * The only package that knows the Redis client library.
 */
@NullMarked
package io.mcpgateway.broker.session.redis;

import org.jspecify.annotations.NullMarked;
