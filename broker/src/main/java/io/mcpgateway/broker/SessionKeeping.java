package io.mcpgateway.broker;

import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SigningKey;
import io.mcpgateway.broker.session.mail.ReplyMailbox;
import io.mcpgateway.broker.session.memory.InMemoryReplyMailbox;
import io.mcpgateway.broker.session.memory.InMemorySessionStore;
import io.mcpgateway.broker.session.redis.RedisReplyMailbox;
import io.mcpgateway.broker.session.redis.RedisTimeouts;
import io.mcpgateway.broker.session.redis.RedisUrl;
import io.mcpgateway.broker.session.redis.SharedSessionStore;
import io.mcpgateway.broker.settings.BrokerOptions;
import io.mcpgateway.broker.settings.BrokerSettings;
import io.mcpgateway.broker.telemetry.GatewayMetrics;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How sessions are signed and where they are kept: in this process, or in a store that replicas share. Replicas leave word
 * for each other at the same place.
 */
record SessionKeeping(SigningKey key, SessionStore store, ReplyMailbox mailbox) {
    private static final Logger log = LoggerFactory.getLogger(SessionKeeping.class);
    private static final int MAX_SESSIONS = 200_000;

    static SessionKeeping start(BrokerSettings settings, Clock clock, GatewayMetrics metrics, Stops stops)
            throws StartFailure {
        SigningKey key = settings.get(BrokerOptions.SIGNING_KEY).orElseGet(SessionKeeping::madeUpKey);
        Optional<RedisUrl> shared = settings.get(BrokerOptions.SESSION_STORE);
        if (shared.isEmpty()) {
            InMemorySessionStore sessions = new InMemorySessionStore(MAX_SESSIONS, clock);
            metrics.watchSessions(sessions::kept);
            return new SessionKeeping(key, sessions, new InMemoryReplyMailbox.Office().open(newAddress()));
        }
        SharedSessionStore.Settings store = new SharedSessionStore.Settings(
                shared.get(),
                RedisTimeouts.DEFAULT,
                SharedSessionStore.spaceOf(key.bytes()),
                settings.sessionLength(),
                InMemorySessionStore.Bounds.ofSessions(MAX_SESSIONS));
        try {
            SharedSessionStore sessions = SharedSessionStore.start(store, clock, metrics::sessionStoreReachable);
            stops.push(sessions::close);
            RedisReplyMailbox mailbox =
                    new RedisReplyMailbox(shared.get(), RedisTimeouts.DEFAULT, store.space(), newAddress());
            stops.push(mailbox::close);
            return new SessionKeeping(key, sessions, mailbox);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StartFailure(List.of("interrupted while starting"));
        }
    }

    private static String newAddress() {
        return UUID.randomUUID().toString();
    }

    private static SigningKey madeUpKey() {
        log.warn("GATEWAY_SIGNING_KEY is not set, a key was generated: sessions end with this process and replicas"
                + " cannot share them");
        byte[] bytes = new byte[SigningKey.MINIMUM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return SigningKey.of(bytes);
    }
}
