package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Which server sessions may be lost without notice: those of a call that failed in a way in which
 * servers refuse lost sessions, and all those of a server that discovery had to initialize again. Before its
 * next call, such a session is checked; if it is fine, it is kept, because dropping it would lose what the
 * server has stored in it.
 *
 * <p>Bounded. A doubt that is dropped for lack of room, or only known to another replica, costs one more failed call.
 */
public final class SessionDoubts {
    /** A session at a server is tried out, or given up, at most once in this time. */
    public static final Duration PAUSE = Duration.ofSeconds(3);

    private final int most;
    private final ConcurrentMap<Where, Instant> doubted = new ConcurrentHashMap<>();
    /** When a session at this place was last tried out, given up, or (of renewed servers only) made. */
    private final ConcurrentMap<Where, Settled> settled = new ConcurrentHashMap<>();

    private final ConcurrentMap<ServerKey, Instant> renewed = new ConcurrentHashMap<>();

    private record Where(GatewaySessionId session, ServerKey server) {}

    /** @param again whether it was not the first time, so the pause applies */
    private record Settled(Instant at, boolean again) {}

    /**
     * No doubts yet.
     *
     * @param most how many sessions are remembered
     */
    public SessionDoubts(int most) {
        this.most = most;
    }

    /** Whether the session has to be tried out before it is used. Costs next to nothing while all is well. */
    public boolean doubted(GatewaySessionId session, ServerKey server) {
        if (doubted.isEmpty() && renewed.isEmpty()) {
            return false;
        }
        Where where = new Where(session, server);
        return doubted.containsKey(where) || olderThanItsServer(where);
    }

    /** A call failed as if the session were gone. */
    public void doubt(GatewaySessionId session, ServerKey server, Instant now) {
        Where where = new Where(session, server);
        if (!settledLately(where, now)) {
            put(doubted, where, now);
        }
    }

    /** Discovery had to initialize anew, so the server may have forgotten everybody. */
    public void renewed(ServerKey server, Instant now) {
        put(renewed, server, now);
    }

    /** Whether a session that its server does not know may be given up now; from then on not again for a while. */
    public boolean mayForget(GatewaySessionId session, ServerKey server, Instant now) {
        Where where = new Where(session, server);
        if (settledLately(where, now)) {
            return false;
        }
        settled(session, server, now);
        return true;
    }

    /** The session was tried out, or replaced. */
    public void settled(GatewaySessionId session, ServerKey server, Instant now) {
        Where where = new Where(session, server);
        doubted.remove(where);
        put(settled, where, new Settled(now, true));
    }

    /** A first session was made. */
    public void made(GatewaySessionId session, ServerKey server, Instant now) {
        if (renewed.containsKey(server)) {
            Where where = new Where(session, server);
            makeRoom(settled);
            settled.merge(where, new Settled(now, false), (old, fresh) -> new Settled(fresh.at(), old.again()));
        }
    }

    private boolean olderThanItsServer(Where where) {
        Instant since = renewed.get(where.server());
        if (since == null) {
            return false;
        }
        Settled last = settled.get(where);
        return last == null || last.at().isBefore(since);
    }

    private boolean settledLately(Where where, Instant now) {
        Settled last = settled.get(where);
        return last != null && last.again() && last.at().plus(PAUSE).isAfter(now);
    }

    private <K, V> void put(ConcurrentMap<K, V> map, K key, V value) {
        makeRoom(map);
        map.put(key, value);
    }

    /** Any other entry goes: which one does not matter much, see above. */
    private void makeRoom(ConcurrentMap<?, ?> map) {
        if (map.size() >= most) {
            map.keySet().stream().findFirst().ifPresent(map::remove);
        }
    }
}
