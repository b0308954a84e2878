package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.translation.ServerAsk;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How far a call has come, between its server and its client. Pure.
 *
 * @param round how often the client was asked
 * @param asked how many questions the server had, all rounds together
 * @param open what the server waits for, by the keys that the client sees; these are never used again
 */
record CallProgress(Phase phase, int round, int asked, Map<String, ServerAsk> open) {
    /** Most questions that are open at a time. */
    static final int MOST_OPEN = 32;

    static final CallProgress BEGUN = new CallProgress(new Phase.Attended(), 0, 0, Map.of());

    /** Who waits. */
    sealed interface Phase {
        /** A request of the client waits for its answer. */
        record Attended() implements Phase {}

        /** The server waits for the client to come back. */
        record Parked(Instant until) implements Phase {
            public Parked {
                Objects.requireNonNull(until, "until");
            }
        }

        record Over() implements Phase {}
    }

    /** What came of a client's return. */
    sealed interface Return {
        /**
         * It goes on.
         *
         * @param replies to the server
         */
        record Taken(CallProgress next, List<RawJson> replies) implements Return {
            public Taken {
                Objects.requireNonNull(next, "next");
                replies = List.copyOf(replies);
            }
        }

        /** Its responses to this round have been taken before. */
        record Repeated() implements Return {}

        /** It comes too late. */
        record Late() implements Return {}
    }

    CallProgress {
        Objects.requireNonNull(phase, "phase");
        open = Collections.unmodifiableMap(new LinkedHashMap<>(open));
    }

    boolean isOver() {
        return phase instanceof Phase.Over;
    }

    boolean isParked() {
        return phase instanceof Phase.Parked;
    }

    /** The server asks; empty if it has asked too much already. */
    Optional<CallProgress> asked(ServerAsk ask) {
        if (isOver() || open.size() >= MOST_OPEN) {
            return Optional.empty();
        }
        Map<String, ServerAsk> more = new LinkedHashMap<>(open);
        more.put("q" + (asked + 1), ask);
        return Optional.of(new CallProgress(phase, round, asked + 1, more));
    }

    /** The server does not want the reply any more. */
    CallProgress withdrawn(JsonRpcId ask) {
        Map<String, ServerAsk> rest = new LinkedHashMap<>(open);
        rest.values().removeIf(known -> known.id().equals(ask));
        return new CallProgress(phase, round, asked, rest);
    }

    /** The client gets the open questions; empty if there are none, or nobody to get them. */
    Optional<CallProgress> parked(Instant until) {
        return phase instanceof Phase.Attended && !open.isEmpty()
                ? Optional.of(new CallProgress(new Phase.Parked(until), round + 1, asked, open))
                : Optional.empty();
    }

    /**
     * The client is back. What it does not respond to stays open; what is not open any more is of no use.
     *
     * @param answering the round that its request answers
     */
    Return returned(int answering, Map<String, RawJson> responses, Instant now) {
        if (isOver() || expired(now)) {
            return new Return.Late();
        }
        if (!isParked() || answering != round) {
            return new Return.Repeated();
        }
        Map<String, ServerAsk> rest = new LinkedHashMap<>();
        List<RawJson> replies = new ArrayList<>();
        open.forEach((key, ask) -> {
            RawJson response = responses.get(key);
            if (response == null) {
                rest.put(key, ask);
            } else {
                replies.add(ask.answeredWith(response));
            }
        });
        return new Return.Taken(new CallProgress(new Phase.Attended(), round, asked, rest), replies);
    }

    /** Whether the client has been away for too long. */
    boolean expired(Instant now) {
        return phase instanceof Phase.Parked(Instant until) && !now.isBefore(until);
    }

    CallProgress over() {
        return new CallProgress(new Phase.Over(), round, asked, Map.of());
    }
}
