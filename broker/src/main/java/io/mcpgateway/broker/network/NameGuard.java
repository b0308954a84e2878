package io.mcpgateway.broker.network;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes link-local and metadata addresses out of what host names lead to. There is one for the process, because Java
 * resolves the names of all connections in one place ({@link GuardedNames}), and only there no time passes between the
 * look and the connection.
 */
public final class NameGuard {
    private static final Logger log = LoggerFactory.getLogger(NameGuard.class);
    private static final NameGuard PROCESS = new NameGuard();
    private static final int MAX_REMEMBERED = 256;

    private volatile AddressRule rule = AddressRule.STRICT;
    /** Java reports a name without addresses like one that does not exist; this distinguishes them. */
    private final Cache<String, Boolean> refused = Caffeine.newBuilder()
            .maximumSize(MAX_REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(1))
            .executor(Runnable::run)
            .build();

    NameGuard() {}

    /** The one that is in force. */
    public static NameGuard process() {
        return PROCESS;
    }

    /** From now on this rule holds. */
    public void follow(AddressRule next) {
        rule = next;
    }

    /** The addresses to use, at least one. */
    List<InetAddress> usable(String host, List<InetAddress> addresses) throws UnknownHostException {
        List<InetAddress> usable = rule.usable(addresses);
        if (usable.isEmpty()) {
            refused.put(host.toLowerCase(Locale.ROOT), true);
            log.warn("host name refused host={} cause={}", host, AddressRule.refusedName());
            throw new UnknownHostException(host);
        }
        return usable;
    }

    /** Whether the last that became of a name, within a minute, was that all its addresses were refused. */
    public boolean refusedLately(String host) {
        return refused.getIfPresent(host.toLowerCase(Locale.ROOT)) != null;
    }
}
