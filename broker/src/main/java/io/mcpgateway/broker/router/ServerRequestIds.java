package io.mcpgateway.broker.router;

import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.KeyedMac;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.ServerSession;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;

/**
 * The ids under which clients see the requests of servers. Two servers may use the same id, so each is replaced by a
 * string that contains the server and the original ID; there is no table, so a reply works on any replica.
 *
 * <p>The string is {@code mcpgw1.<payload>.<tag>}, both in base64url. The payload holds the server, a mark of its
 * session, and the server's own id byte for byte. The tag is an HMAC over the payload and the gateway session: nobody
 * else can create one, and one of another session is not valid. The same request always gets the same ID.
 */
public final class ServerRequestIds {
    /** Longer ids of servers are not replaced; their requests cannot be answered. */
    public static final int MAX_ID_BYTES = 1024;

    private static final String START = "mcpgw1.";
    private static final int MAX_LENGTH = 4096;
    private static final int TAG_BYTES = 16;
    private static final int MARK_BYTES = 8;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

    /** Stands for the server of requests that the broker makes itself; no server's key is without an address. */
    private static final ServerKey BROKER = new ServerKey("broker");

    private static final ServerSession NO_SESSION = new ServerSession(Optional.empty(), "");

    /**
     * The request that an ID identifies.
     *
     * @param original the server's own id
     */
    public record Asked(ServerKey server, String sessionMark, JsonRpcId original) {
        /** Whether the broker asked, and not a server. */
        public boolean byBroker() {
            return server.equals(BROKER);
        }
    }

    private final KeyedMac mac;

    private ServerRequestIds(KeyedMac mac) {
        this.mac = mac;
    }

    /**
     * Ids that only holders of this key can make.
     *
     * @param key of the session tokens; what is made here cannot be taken for one of them
     */
    public static ServerRequestIds withKey(byte[] key) {
        byte[] derived = KeyedMac.withKey(key).of("mcp-gateway server request ids".getBytes(StandardCharsets.US_ASCII));
        return new ServerRequestIds(KeyedMac.withKey(derived));
    }

    /** The id for the client, without quotes; empty if the server's own is too long. */
    public Optional<String> issue(RequestOrigin origin, JsonRpcId original) {
        byte[] id = original.json().getBytes(StandardCharsets.UTF_8);
        byte[] server = origin.server().value().getBytes(StandardCharsets.UTF_8);
        if (id.length > MAX_ID_BYTES || server.length > MAX_ID_BYTES) {
            return Optional.empty();
        }
        byte[] payload = ByteBuffer.allocate(2 + server.length + MARK_BYTES + id.length)
                .putShort((short) server.length)
                .put(server)
                .put(mark(origin.serverSession()))
                .put(id)
                .array();
        return Optional.of(
                START + ENCODER.encodeToString(payload) + '.' + ENCODER.encodeToString(tag(origin.session(), payload)));
    }

    /** The id of a request of the broker, without quotes; {@code original} says to the broker which one it is. */
    public String issueForBroker(GatewaySessionId session, JsonRpcId original) {
        return issue(new RequestOrigin(session, BROKER, NO_SESSION), original)
                .orElseThrow(() -> new IllegalArgumentException("too long for an ID"));
    }

    /** Of a reply's ID; empty if it was not made here for this session. Ours are strings without any escape. */
    public Optional<Asked> open(JsonRpcId id, GatewaySessionId session) {
        String json = id.json();
        return json.length() > 2 && json.startsWith("\"") && json.indexOf('\\') < 0
                ? open(json.substring(1, json.length() - 1), session)
                : Optional.empty();
    }

    /** Empty if the id was not made here for this session. */
    public Optional<Asked> open(String id, GatewaySessionId session) {
        int end = id.lastIndexOf('.');
        if (!id.startsWith(START) || id.length() > MAX_LENGTH || end < START.length()) {
            return Optional.empty();
        }
        Optional<byte[]> payload = decoded(id.substring(START.length(), end));
        Optional<byte[]> tag = decoded(id.substring(end + 1));
        if (payload.isEmpty() || tag.isEmpty() || !MessageDigest.isEqual(tag(session, payload.get()), tag.get())) {
            return Optional.empty();
        }
        ByteBuffer read = ByteBuffer.wrap(payload.get());
        String server = text(read, read.getShort());
        byte[] mark = new byte[MARK_BYTES];
        read.get(mark);
        return Optional.of(
                new Asked(new ServerKey(server), encoded(mark), new JsonRpcId(text(read, read.remaining()))));
    }

    /** Whether the request was made in this session of the server, and not in an earlier one. */
    public boolean madeIn(Asked asked, ServerSession serverSession) {
        return asked.sessionMark().equals(encoded(mark(serverSession)));
    }

    private byte[] mark(ServerSession serverSession) {
        Mac computing = mac.fresh();
        computing.update((byte) 's');
        return Arrays.copyOf(
                computing.doFinal(serverSession.id().orElse("").getBytes(StandardCharsets.UTF_8)), MARK_BYTES);
    }

    private byte[] tag(GatewaySessionId session, byte[] payload) {
        byte[] name = session.value().getBytes(StandardCharsets.UTF_8);
        Mac computing = mac.fresh();
        computing.update((byte) 'r');
        computing.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).flip());
        computing.update(name);
        return Arrays.copyOf(computing.doFinal(payload), TAG_BYTES);
    }

    private static String encoded(byte[] bytes) {
        return ENCODER.encodeToString(bytes);
    }

    /** Only the one spelling that the encoder writes. */
    private static Optional<byte[]> decoded(String text) {
        try {
            byte[] bytes = DECODER.decode(text);
            return encoded(bytes).equals(text) ? Optional.of(bytes) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
