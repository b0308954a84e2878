package io.mcpgateway.broker.session.redis;

import io.mcpgateway.broker.session.mail.ReplyMailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Mailboxes at a Redis server: a list for each address, with its size, and a stream that all follow. They disappear when nobody has
 * written to them for a minute.
 */
public final class RedisReplyMailbox implements ReplyMailbox, AutoCloseable {
    private static final String PREFIX = "mcp-gateway:";
    private static final int MAX_LETTERS = 256;
    private static final long MAX_BYTES = 32L * 1024 * 1024;
    private static final long LIFE_MILLIS = 60_000;
    private static final String FROM = "from";
    private static final String LETTER = "letter";

    private final RedisServer server;
    private final String prefix;
    private final String address;
    /** Of the last announcement that was read; null until the first look. */
    private @Nullable String position;

    /**
     * A mailbox at this server.
     *
     * @param space keeps apart what gateways with different keys have at one server
     */
    public RedisReplyMailbox(RedisUrl url, RedisTimeouts timeouts, String space, String address) {
        this.server = new RedisServer(url, timeouts);
        this.prefix = PREFIX + space + ":mail:";
        this.address = Objects.requireNonNull(address, "address");
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean leave(String to, String letter) {
        if (letter.length() > MAX_LETTER) {
            return false;
        }
        Object left = server.run(
                RedisScript.LEAVE,
                boxOf(to),
                List.of(letter, Integer.toString(MAX_LETTERS), Long.toString(MAX_BYTES), Long.toString(LIFE_MILLIS)));
        return left instanceof Long count && count > 0;
    }

    @Override
    public void announce(String letter) {
        if (letter.length() <= MAX_ANNOUNCEMENT) {
            server.run(
                    RedisScript.ANNOUNCE,
                    List.of(prefix + "all"),
                    List.of(address, letter, Integer.toString(MAX_LETTERS), Long.toString(LIFE_MILLIS)));
        }
    }

    @Override
    public List<String> collect() {
        List<String> letters = new ArrayList<>();
        if (server.run(RedisScript.COLLECT, boxOf(address), List.of()) instanceof List<?> mine) {
            mine.forEach(letter -> letters.add(String.valueOf(letter)));
        }
        String last = position;
        if (last == null) {
            position = newest();
            return letters;
        }
        StreamEntryID from = new StreamEntryID(last);
        StreamEntryID next = new StreamEntryID(from.getTime(), from.getSequence() + 1);
        for (StreamEntry entry : server.ask(redis -> redis.xrange(prefix + "all", next, null, MAX_LETTERS))) {
            position = entry.getID().toString();
            String letter = entry.getFields().get(LETTER);
            if (letter != null && !address.equals(entry.getFields().get(FROM))) {
                letters.add(letter);
            }
        }
        return letters;
    }

    /** Its letters, and how many bytes they have. */
    private List<String> boxOf(String of) {
        return List.of(prefix + "to:" + of, prefix + "bytes:" + of);
    }

    /** Where a mailbox begins that nothing older is for. */
    private String newest() {
        List<StreamEntry> newest =
                server.ask(redis -> redis.xrevrange(prefix + "all", (StreamEntryID) null, (StreamEntryID) null, 1));
        return newest.isEmpty() ? "0-0" : newest.getFirst().getID().toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
