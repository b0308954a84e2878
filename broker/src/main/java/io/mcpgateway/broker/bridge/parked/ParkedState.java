package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a client carries from one round of a call to the next. Whether it was used before is for whoever keeps the call to
 * find out.
 *
 * @param replica where the call waits; empty if no call waits, and the retry is a new one
 * @param call which one it is, unguessable
 * @param round how often the client was asked
 * @param expiresAt in whole seconds
 */
record ParkedState(String replica, String call, int round, Instant expiresAt) {
    private static final String SEPARATOR = " ";
    private static final int PARTS = 4;

    ParkedState {
        Objects.requireNonNull(replica, "replica");
        Objects.requireNonNull(call, "call");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** It can be opened for longer than it is good, so that a client that is late is told so. */
    String sealed(RequestStates states, StateBinding binding) {
        String text = String.join(
                SEPARATOR, Long.toString(expiresAt.getEpochSecond()), Integer.toString(round), call, replica);
        return states.seal(binding, text, expiresAt.plus(RequestStates.LIFE));
    }

    /** Empty if it was not sealed here for such a request. */
    static Optional<ParkedState> open(RequestStates states, StateBinding binding, String sealed, Instant now) {
        return states.open(binding, sealed, now).map(text -> {
            String[] parts = text.split(SEPARATOR, PARTS);
            return new ParkedState(
                    parts[3], parts[2], Integer.parseInt(parts[1]), Instant.ofEpochSecond(Long.parseLong(parts[0])));
        });
    }
}
