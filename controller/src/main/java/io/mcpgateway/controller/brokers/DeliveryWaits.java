package io.mcpgateway.controller.brokers;

import io.mcpgateway.api.contract.ServerName;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which servers were looked at while their brokers did not all run the configuration. They have to be looked at again
 * when a broker runs another one; the rest need not, however many there are.
 */
public final class DeliveryWaits {
    private final Map<String, Set<ServerName>> waiting = new HashMap<>();

    /** Must come before reading the brokers' reports, so none is missed in between. */
    synchronized void begin(String namespace, ServerName server) {
        waiting.computeIfAbsent(namespace, _ -> new HashSet<>()).add(server);
    }

    /** The server was found to run everywhere. */
    synchronized void end(String namespace, ServerName server) {
        Set<ServerName> servers = waiting.get(namespace);
        if (servers != null) {
            servers.remove(server);
        }
    }

    /** Ends the wait of all servers of a namespace, and says which those are. */
    synchronized Set<ServerName> end(String namespace) {
        Set<ServerName> ended = waiting.remove(namespace);
        return ended == null ? Set.of() : new TreeSet<>(ended);
    }

    /** Forgets servers that are not configured; each is looked at anyway once it is. */
    synchronized void retain(String namespace, Collection<ServerName> configured) {
        Set<ServerName> servers = waiting.get(namespace);
        if (servers != null) {
            servers.retainAll(configured);
        }
    }
}
