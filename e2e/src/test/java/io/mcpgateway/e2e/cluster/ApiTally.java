package io.mcpgateway.e2e.cluster;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Counts a controller's requests by method and kind. */
final class ApiTally {
    /** One sort of request: a method and a kind of objects. */
    record Sort(String method, String resource, boolean write) implements Comparable<Sort> {
        static Sort of(ApiRequest request) {
            String method = request.isWatch() ? "WATCH" : request.method();
            return new Sort(method, request.resource(), request.isWrite());
        }

        @Override
        public int compareTo(Sort other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return method + " " + resource;
        }
    }

    private final ConcurrentHashMap<Sort, LongAdder> counts = new ConcurrentHashMap<>();

    void add(ApiRequest request) {
        counts.computeIfAbsent(Sort.of(request), _ -> new LongAdder()).increment();
    }

    long writes() {
        return count(Sort::write);
    }

    /** How often a watch of such objects was started. */
    long watches(String resource) {
        return count(sort -> sort.equals(new Sort("WATCH", resource, false)));
    }

    long count(Predicate<Sort> which) {
        return counts.entrySet().stream()
                .filter(entry -> which.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().sum())
                .sum();
    }

    /** The current counts. */
    Map<Sort, Long> snapshot() {
        return counts.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().sum(), Long::sum, ConcurrentSkipListMap::new));
    }

    @Override
    public String toString() {
        return snapshot().toString();
    }
}
