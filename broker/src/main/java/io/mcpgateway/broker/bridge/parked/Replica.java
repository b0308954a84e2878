package io.mcpgateway.broker.bridge.parked;

import io.mcpgateway.broker.network.Address;
import java.util.Objects;
import java.util.Optional;

/**
 * One process of the broker, as a sealed state names it.
 *
 * @param id new with each start
 * @param address where other replicas reach its listener, if they do
 */
record Replica(String id, Optional<Address> address) {
    private static final char SEPARATOR = '@';

    Replica {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(address, "address");
    }

    static Replica parse(String text) {
        int end = text.indexOf(SEPARATOR);
        return end < 0
                ? new Replica(text, Optional.empty())
                : new Replica(text.substring(0, end), Address.parse(text.substring(end + 1)));
    }

    /** The same as text. */
    @Override
    public String toString() {
        return id + address.map(known -> SEPARATOR + known.toString()).orElse("");
    }
}
