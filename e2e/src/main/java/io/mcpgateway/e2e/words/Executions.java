package io.mcpgateway.e2e.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How often servers were told to execute each call. Thread-safe; remembers the most recent calls only. */
public final class Executions {
    private static final int REMEMBERED = 50_000;
    private static final int REPEATED_KEPT = 20;

    private final Map<String, Integer> counts = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > REMEMBERED;
        }
    };
    private final List<String> repeated = new ArrayList<>();
    private long all;

    /** A server begins to execute this call. */
    public synchronized void begin(String call) {
        all++;
        if (counts.merge(call, 1, Integer::sum) > 1 && repeated.size() < REPEATED_KEPT) {
            repeated.add(call);
        }
        notifyAll();
    }

    /** How many calls were executed, those that were executed again included. */
    public synchronized long all() {
        return all;
    }

    public synchronized int of(String call) {
        return counts.getOrDefault(call, 0);
    }

    /** The most recent calls. */
    public synchronized Set<String> calls() {
        return Set.copyOf(counts.keySet());
    }

    /** The first calls that were executed more than once. */
    public synchronized List<String> repeated() {
        return List.copyOf(repeated);
    }
}
