package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.json.RawJson;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * What a server says while its client is away: the latest notifications, for the client's next request. Not for several
 * threads.
 */
final class KeptNotices {
    /** Most of them. With the next limit, all of them go into a {@code ClientAnswer} without waiting. */
    static final int MOST = 32;
    /** Of all together; a larger one is not kept. */
    static final int MOST_BYTES = 16 * 1024;

    private final Deque<RawJson> notices = new ArrayDeque<>();
    private int bytes;

    /** Keeps one, if need be in place of the oldest ones: the latest progress says the most. */
    void add(RawJson notice) {
        if (notice.length() > MOST_BYTES) {
            return;
        }
        notices.add(notice);
        bytes += notice.length();
        while (notices.size() > MOST || bytes > MOST_BYTES) {
            bytes -= notices.remove().length();
        }
    }

    /** All of them, in their order, once. */
    List<RawJson> take() {
        List<RawJson> all = List.copyOf(notices);
        notices.clear();
        bytes = 0;
        return all;
    }
}
