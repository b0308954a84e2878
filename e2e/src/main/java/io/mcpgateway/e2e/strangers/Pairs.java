package io.mcpgateway.e2e.strangers;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which clients are tried with which servers.
 *
 * @param servers by client
 */
record Pairs(Map<String, Set<String>> servers) {
    Pairs {
        servers = Map.copyOf(servers);
    }

    /**
     * This number of servers for each client, spread over the list, with others for the next client.
     *
     * @param each the number; more than there are means all
     */
    static Pairs of(List<String> clients, List<String> servers, int each) {
        Map<String, Set<String>> pairs = new HashMap<>();
        int all = servers.size();
        for (int client = 0; client < clients.size(); client++) {
            Set<String> chosen = new HashSet<>();
            for (int turn = 0; turn < Math.min(each, all); turn++) {
                chosen.add(servers.get((client + turn * all / Math.min(each, all)) % all));
            }
            pairs.put(clients.get(client), chosen);
        }
        return new Pairs(pairs);
    }

    boolean meet(String client, String server) {
        return servers.getOrDefault(client, Set.of()).contains(server);
    }
}
