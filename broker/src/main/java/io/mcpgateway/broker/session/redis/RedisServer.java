package io.mcpgateway.broker.session.redis;

import io.mcpgateway.broker.session.SessionStoreException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.SslVerifyMode;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * The connections to one server: a bounded pool, every wait bounded. Whatever goes wrong is a
 * {@link SessionStoreException} whose text names the server and no secret.
 */
final class RedisServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;

    private final RedisClient client;
    private final String address;

    RedisServer(RedisUrl url, RedisTimeouts timeouts) {
        this.address = url.address();
        this.client = RedisClient.builder()
                .hostAndPort(url.host(), url.port())
                .clientConfig(login(url, timeouts))
                .poolConfig(pool(timeouts))
                .build();
    }

    private static DefaultJedisClientConfig login(RedisUrl url, RedisTimeouts timeouts) {
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .resp2()
                .connectionTimeoutMillis((int) timeouts.connect().toMillis())
                .socketTimeoutMillis((int) timeouts.answer().toMillis())
                .database(url.database())
                .clientName("mcp-gateway")
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        if (url.tls()) {
            // The JVM's trust store, and the certificate has to be the host's.
            config.sslOptions(
                    SslOptions.builder().sslVerifyMode(SslVerifyMode.FULL).build());
        }
        url.user().ifPresent(config::user);
        url.password().ifPresent(config::password);
        return config.build();
    }

    private static ConnectionPoolConfig pool(RedisTimeouts timeouts) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(MAX_CONNECTIONS);
        pool.setMaxIdle(MAX_CONNECTIONS);
        pool.setMinIdle(0);
        pool.setMaxWait(timeouts.connection());
        pool.setJmxEnabled(false);
        // No thread that looks after idle connections: one that broke is found by its next use, which tries again.
        pool.setTestWhileIdle(false);
        pool.setTimeBetweenEvictionRuns(Duration.ofMillis(-1));
        return pool;
    }

    /** Runs commands that may be repeated without harm. */
    <T> T ask(Function<RedisClient, T> commands) {
        try {
            try {
                return commands.apply(client);
            } catch (JedisConnectionException lost) {
                if (timedOut(lost)) {
                    throw lost;
                }
                // The server may have been restarted, or have closed what was idle: fresh connections may well work.
                client.getPool().clear();
                return commands.apply(client);
            }
        } catch (JedisException failure) {
            throw new SessionStoreException("session store " + address + ": " + cause(failure), failure);
        }
    }

    /** Runs a script that may be repeated without harm; null if it answers nil. */
    @Nullable
    Object run(RedisScript script, List<String> keys, List<String> arguments) {
        return ask(server -> {
            try {
                return server.evalsha(script.sha(), keys, arguments);
            } catch (JedisNoScriptException unknown) {
                return server.eval(script.text(), keys, arguments);
            }
        });
    }

    /** Gives up idle connections: those to a server that went away are of no use. */
    void dropIdleConnections() {
        client.getPool().clear();
    }

    private static boolean timedOut(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    /** The library's texts name hosts, commands and keys; the deepest one is the cause. */
    private static String cause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }

    @Override
    public void close() {
        client.close();
    }
}
