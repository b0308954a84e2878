package io.mcpgateway.broker.session.redis;

import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import io.mcpgateway.broker.session.SessionStore;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Sessions at a Redis server. One hash per gateway session, named by the session's id (never by its token), with a
 * field per server session and per watched resource, one for the client's log level, and one that says that it was ended; it disappears with the session. A stream lists the
 * sessions that were ended, so that every replica can know them without asking. Throws
 * {@link io.mcpgateway.broker.session.SessionStoreException} from every method if the server cannot be asked.
 */
public final class RedisSessionStore implements SessionStore, AutoCloseable {
    private static final String PREFIX = "mcp-gateway:";
    private static final String ENDED = "ended";
    private static final String EXPIRES = "expires";
    private static final String LOG_LEVEL = "log-level";
    private static final String SERVER_FIELD = "server:";
    private static final String WATCHED_FIELD = "watched:";
    private static final int MAX_WATCHED = 100;
    private static final int MAX_SERVERS = 256;
    private static final int PAGE = 1000;

    /** A server session, and until when it matters. */
    record Kept(ServerSession serverSession, Instant expiresAt) {}

    /** A session that was ended, and until when that matters. */
    record Ended(GatewaySessionId session, Instant expiresAt) {}

    private final RedisServer server;
    private final InstantSource clock;
    private final Duration longestSession;
    private final String prefix;

    /**
     * A store at this server.
     *
     * @param space keeps apart what gateways with different keys have at one server
     * @param longestSession how far back the list of ended sessions has to reach
     */
    public RedisSessionStore(
            RedisUrl url, RedisTimeouts timeouts, String space, Duration longestSession, InstantSource clock) {
        this.server = new RedisServer(url, timeouts);
        this.clock = Objects.requireNonNull(clock, "clock");
        this.longestSession = longestSession;
        this.prefix = PREFIX + space + ":";
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public Optional<ServerSession> find(GatewaySessionId session, ServerKey serverKey) {
        return lookUp(session, serverKey).map(Kept::serverSession);
    }

    Optional<Kept> lookUp(GatewaySessionId session, ServerKey serverKey) {
        List<String> found = server.ask(redis -> redis.hmget(key(session), EXPIRES, field(serverKey)));
        String expires = found.get(0);
        String value = found.get(1);
        if (expires == null || value == null || !clock.instant().isBefore(instant(expires))) {
            return Optional.empty();
        }
        return StoredSession.decode(value).map(known -> new Kept(known, instant(expires)));
    }

    @Override
    public List<Entry> all(GatewaySessionId session) {
        Map<String, String> fields = server.ask(redis -> redis.hgetAll(key(session)));
        boolean over = !clock.instant().isBefore(instant(fields.getOrDefault(EXPIRES, "0")));
        List<Entry> entries = new ArrayList<>();
        fields.forEach((name, value) -> entryIn(name, value).ifPresent(entries::add));
        return over ? List.of() : List.copyOf(entries);
    }

    @Override
    public void put(GatewaySession session, ServerKey serverKey, ServerSession value) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        if (left.isPositive()) {
            List<String> arguments = new ArrayList<>(entry(serverKey, value, session.expiresAt(), left));
            arguments.add(Integer.toString(MAX_SERVERS));
            server.run(RedisScript.PUT, List.of(key(session.id())), arguments);
        }
    }

    /** Puts it unless there is one; answers the one that is there then. Empty for a session that ended. */
    Optional<Kept> adopt(GatewaySessionId session, ServerKey serverKey, Kept mine) {
        Duration left = Duration.between(clock.instant(), mine.expiresAt());
        if (!left.isPositive()) {
            return Optional.empty();
        }
        Object there = server.run(
                RedisScript.ADOPT,
                List.of(key(session)),
                entry(serverKey, mine.serverSession(), mine.expiresAt(), left));
        return there instanceof String text
                ? StoredSession.decode(text).map(known -> new Kept(known, mine.expiresAt()))
                : Optional.empty();
    }

    @Override
    public boolean remove(GatewaySessionId session, ServerKey serverKey, ServerSession value) {
        Object removed = server.run(
                RedisScript.REMOVE, List.of(key(session)), List.of(field(serverKey), StoredSession.encode(value)));
        return removed instanceof Long count && count > 0;
    }

    @Override
    public List<Entry> revoke(GatewaySession session) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        if (!left.isPositive()) {
            return List.of();
        }
        Object had = server.run(
                RedisScript.REVOKE,
                List.of(key(session.id()), prefix + ENDED),
                List.of(
                        session.id().value(),
                        Long.toString(session.expiresAt().getEpochSecond()),
                        Long.toString(left.toMillis()),
                        Long.toString(longestSession.toMillis())));
        return had instanceof List<?> fields ? entries(fields) : List.of();
    }

    @Override
    public void setLogLevel(GatewaySession session, LogLevel level) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        if (left.isPositive()) {
            server.run(
                    RedisScript.SET_FIELD,
                    List.of(key(session.id())),
                    List.of(
                            LOG_LEVEL,
                            level.text(),
                            Long.toString(session.expiresAt().getEpochSecond()),
                            Long.toString(left.toMillis())));
        }
    }

    @Override
    public Optional<LogLevel> logLevel(GatewaySessionId session) {
        List<String> found = server.ask(redis -> redis.hmget(key(session), EXPIRES, LOG_LEVEL));
        String expires = found.get(0);
        String level = found.get(1);
        return expires == null || level == null || !clock.instant().isBefore(instant(expires))
                ? Optional.empty()
                : LogLevel.of(level);
    }

    @Override
    public boolean watch(GatewaySession session, Watched resource) {
        Duration left = Duration.between(clock.instant(), session.expiresAt());
        return left.isPositive()
                && server.run(
                                RedisScript.WATCH,
                                List.of(key(session.id())),
                                List.of(
                                        field(resource),
                                        Long.toString(session.expiresAt().getEpochSecond()),
                                        Long.toString(left.toMillis()),
                                        WATCHED_FIELD,
                                        Integer.toString(MAX_WATCHED)))
                        instanceof Long taken
                && taken > 0;
    }

    @Override
    public void unwatch(GatewaySession session, Watched resource) {
        server.ask(redis -> redis.hdel(key(session.id()), field(resource)));
    }

    @Override
    public Set<Watched> watched(GatewaySessionId session) {
        Map<String, String> fields = server.ask(redis -> redis.hgetAll(key(session)));
        boolean over = !clock.instant().isBefore(instant(fields.getOrDefault(EXPIRES, "0")));
        Set<Watched> watched = new HashSet<>();
        for (String name : fields.keySet()) {
            int uri = name.indexOf(' ');
            if (name.startsWith(WATCHED_FIELD) && uri > 0) {
                watched.add(new Watched(
                        new ServerKey(name.substring(WATCHED_FIELD.length(), uri)), name.substring(uri + 1)));
            }
        }
        return over ? Set.of() : Set.copyOf(watched);
    }

    /** Names of servers and digests have no blanks. */
    private static String field(Watched resource) {
        return WATCHED_FIELD + resource.server().value() + " " + resource.uri();
    }

    @Override
    public boolean revoked(GatewaySessionId session) {
        return server.ask(redis -> redis.hexists(key(session), ENDED));
    }

    /**
     * Tells of every session that was ended after {@code position}, oldest first.
     *
     * @return the position to go on from
     */
    String endedAfter(String position, Consumer<Ended> listener) {
        String last = position;
        while (true) {
            StreamEntryID from = new StreamEntryID(last);
            StreamEntryID next = new StreamEntryID(from.getTime(), from.getSequence() + 1);
            List<StreamEntry> page = server.ask(redis -> redis.xrange(prefix + ENDED, next, null, PAGE));
            for (StreamEntry entry : page) {
                last = entry.getID().toString();
                String session = entry.getFields().get("session");
                String expires = entry.getFields().get(EXPIRES);
                if (session != null && expires != null) {
                    listener.accept(new Ended(new GatewaySessionId(session), instant(expires)));
                }
            }
            if (page.size() < PAGE) {
                return last;
            }
        }
    }

    void dropIdleConnections() {
        server.dropIdleConnections();
    }

    private static List<String> entry(ServerKey serverKey, ServerSession value, Instant expiresAt, Duration left) {
        return List.of(
                field(serverKey),
                StoredSession.encode(value),
                Long.toString(expiresAt.getEpochSecond()),
                Long.toString(left.toMillis()));
    }

    private static List<Entry> entries(List<?> fields) {
        List<Entry> entries = new ArrayList<>();
        for (int index = 0; index + 1 < fields.size(); index += 2) {
            entryIn(String.valueOf(fields.get(index)), String.valueOf(fields.get(index + 1)))
                    .ifPresent(entries::add);
        }
        return List.copyOf(entries);
    }

    /** Fields of a session's hash that are no server session, and values that nobody here wrote, give nothing. */
    private static Optional<Entry> entryIn(String field, String value) {
        return field.startsWith(SERVER_FIELD)
                ? StoredSession.decode(value)
                        .map(serverKey -> new Entry(new ServerKey(field.substring(SERVER_FIELD.length())), serverKey))
                : Optional.empty();
    }

    private String key(GatewaySessionId session) {
        return prefix + "session:" + session.value();
    }

    private static String field(ServerKey serverKey) {
        return SERVER_FIELD + serverKey.value();
    }

    /** Somebody else's garbage counts as long past. */
    private static Instant instant(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds));
        } catch (NumberFormatException | DateTimeException garbage) {
            return Instant.EPOCH;
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
