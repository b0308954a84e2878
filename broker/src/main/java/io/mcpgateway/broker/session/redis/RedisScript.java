package io.mcpgateway.broker.session.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What has to happen in one step at the server, in its own language. */
enum RedisScript {
    /** KEYS session; ARGV field, value, expiry (s), time to live (ms), greatest number of fields. */
    PUT("""
            if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
            if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 and redis.call('HLEN', KEYS[1]) > tonumber(ARGV[5]) then
              local servers = {}
              for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
                if string.sub(field, 1, 7) == 'server:' then servers[#servers + 1] = field end
              end
              if #servers >= tonumber(ARGV[5]) - 1 then redis.call('HDEL', KEYS[1], servers[1]) end
            end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], 'expires', ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 1
            """),
    /** As PUT, but an entry that is there stays; answers the entry, or nil if the session has ended. */
    ADOPT("""
            if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return nil end
            local there = redis.call('HGET', KEYS[1], ARGV[1])
            if there then return there end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], 'expires', ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return ARGV[2]
            """),
    /** KEYS session; ARGV field, value, expiry (s), time to live (ms). */
    SET_FIELD("""
            if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2], 'expires', ARGV[3])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 1
            """),
    /** KEYS session; ARGV field, expiry (s), time to live (ms), beginning of such fields, most of them. */
    WATCH("""
            if redis.call('HEXISTS', KEYS[1], 'ended') == 1 then return 0 end
            if redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then
              local watched = 0
              for _, field in ipairs(redis.call('HKEYS', KEYS[1])) do
                if string.sub(field, 1, #ARGV[4]) == ARGV[4] then watched = watched + 1 end
              end
              if watched >= tonumber(ARGV[5]) then return 0 end
            end
            redis.call('HSET', KEYS[1], ARGV[1], '1', 'expires', ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            return 1
            """),
    /** KEYS session; ARGV field, value. */
    REMOVE("""
            if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
            return redis.call('HDEL', KEYS[1], ARGV[1])
            """),
    /** KEYS session, list of ended sessions; ARGV session id, expiry (s), time to live (ms), how long the list reaches back (ms). */
    REVOKE("""
            local had = redis.call('HGETALL', KEYS[1])
            redis.call('DEL', KEYS[1])
            redis.call('HSET', KEYS[1], 'ended', '1', 'expires', ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[3])
            local now = redis.call('TIME')
            local oldest = now[1] * 1000 - ARGV[4]
            redis.call('XADD', KEYS[2], '*', 'session', ARGV[1], 'expires', ARGV[2])
            redis.call('XTRIM', KEYS[2], 'MINID', '~', string.format('%.0f', oldest))
            redis.call('PEXPIRE', KEYS[2], ARGV[4])
            return had
            """),
    /** KEYS box, its size; ARGV letter, most letters, most bytes, time to live (ms). */
    LEAVE("""
            local bytes = tonumber(redis.call('GET', KEYS[2]) or '0') + #ARGV[1]
            if redis.call('LLEN', KEYS[1]) >= tonumber(ARGV[2]) or bytes > tonumber(ARGV[3]) then return 0 end
            redis.call('RPUSH', KEYS[1], ARGV[1])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            redis.call('SET', KEYS[2], bytes, 'PX', ARGV[4])
            return 1
            """),
    /** KEYS box, its size. */
    COLLECT("""
            local letters = redis.call('LRANGE', KEYS[1], 0, -1)
            redis.call('DEL', KEYS[1], KEYS[2])
            return letters
            """),
    /** KEYS stream; ARGV address of the sender, letter, most letters, time to live (ms). */
    ANNOUNCE("""
            redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[3], '*', 'from', ARGV[1], 'letter', ARGV[2])
            redis.call('PEXPIRE', KEYS[1], ARGV[4])
            return 1
            """);

    private final String text;
    private final String sha;

    RedisScript(String text) {
        this.text = text;
        this.sha = sha1(text);
    }

    String text() {
        return text;
    }

    String sha() {
        return sha;
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
