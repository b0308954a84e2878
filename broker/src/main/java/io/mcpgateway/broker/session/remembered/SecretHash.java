package io.mcpgateway.broker.session.remembered;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * Hash codes that only this process can compute, so nobody can send texts that share one: NH, the first step of UMAC
 * (RFC 4418, section 5.2.2). Of two different texts, one in 2^32 secrets gives the same sum.
 */
final class SecretHash {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0xffff_ffffL;

    private final long[] secrets;
    private final long last;

    private SecretHash(long[] secrets, long last) {
        this.secrets = secrets;
        this.last = last;
    }

    /** For texts up to this length in bytes. */
    static SecretHash random(SecureRandom random, int maxLength) {
        long[] secrets = random.longs((maxLength + Long.BYTES - 1) / Long.BYTES).toArray();
        return new SecretHash(secrets, random.nextLong() | 1);
    }

    int of(byte[] text) {
        long sum = text.length;
        int words = text.length / Long.BYTES;
        for (int word = 0; word < words; word++) {
            sum += product((long) EIGHT_BYTES.get(text, word * Long.BYTES), secrets[word]);
        }
        int rest = words * Long.BYTES;
        if (rest < text.length) {
            long tail = 0;
            for (int index = rest; index < text.length; index++) {
                tail = (tail << Byte.SIZE) | (text[index] & 0xff);
            }
            sum += product(tail, secrets[words]);
        }
        return (int) ((sum * last) >>> Integer.SIZE);
    }

    private static long product(long word, long secret) {
        return ((word + secret) & LOW) * (((word >>> Integer.SIZE) + (secret >>> Integer.SIZE)) & LOW);
    }
}
