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
     * This number of servers for each client, spread over those it is tried with, with others for the next client.
     *
     * @param each the number; more than there are means all
     */
    static Pairs of(List<String> clients, List<Plan.Server> servers, int each) {
        Map<String, Set<String>> pairs = new HashMap<>();
        for (int client = 0; client < clients.size(); client++) {
            String name = clients.get(client);
            List<String> possible = servers.stream()
                    .filter(server -> !server.notBy().contains(name))
                    .map(Plan.Server::name)
                    .toList();
            int all = possible.size();
            int wanted = Math.min(each, all);
            Set<String> chosen = new HashSet<>();
            for (int turn = 0; turn < wanted; turn++) {
                chosen.add(possible.get((client + turn * all / wanted) % all));
            }
            pairs.put(name, chosen);
        }
        return new Pairs(pairs);
    }

    boolean meet(String client, String server) {
        return servers.getOrDefault(client, Set.of()).contains(server);
    }
}
