package io.mcpgateway.api.contract.pinning;

import java.util.Arrays;
import java.util.Optional;

/** What happens to tools whose definitions nobody has approved: {@code toolPinning} of a registration and in config.yaml. */
public enum PinningMode {
    /** Definitions are not compared with anything. */
    OFF("Off"),
    /** They are named, and served. */
    OBSERVE("Observe"),
    /** They are named, and neither listed nor callable. */
    QUARANTINE("Quarantine");

    private final String word;

    PinningMode(String word) {
        this.word = word;
    }

    /** The value as users write it. */
    public String word() {
        return word;
    }

    /** Empty if it is none of the words. YAML takes Off for a boolean if it has no quotes. */
    public static Optional<PinningMode> parse(String word) {
        return word.equals("false")
                ? Optional.of(OFF)
                : Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
    }
}
