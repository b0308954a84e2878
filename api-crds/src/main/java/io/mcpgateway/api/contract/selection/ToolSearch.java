package io.mcpgateway.api.contract.selection;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the list of tools is shortened to {@code find_tools} and the pinned ones.
 *
 * @param mode if it is set here; otherwise that of the gateway counts, and without one it is off
 * @param pinnedTools tools that are listed in any case, by the names that the gateway serves
 */
public record ToolSearch(Optional<Mode> mode, List<String> pinnedTools) {
    /** The gateway's own tool; nothing else can have this name by choice. */
    public static final String FIND_TOOLS = "find_tools";

    /** Nothing is set. */
    public static final ToolSearch UNSET = new ToolSearch(Optional.empty(), List.of());

    /** The words of config.yaml and of the custom resources. */
    public enum Mode {
        ON("On"),
        OFF("Off");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        /** As people write it. */
        public String word() {
            return word;
        }

        /** The mode of a word. YAML takes the words for booleans if they have no quotes. */
        public static Optional<Mode> parse(String word) {
            return switch (word) {
                case "On", "true" -> Optional.of(ON);
                case "Off", "false" -> Optional.of(OFF);
                default -> Optional.empty();
            };
        }
    }

    public ToolSearch {
        Objects.requireNonNull(mode, "mode");
        pinnedTools = List.copyOf(pinnedTools);
    }

    /** Whether tools are searched, if the gateway says this. */
    public boolean isOn(ToolSearch ofGateway) {
        return mode.or(ofGateway::mode).equals(Optional.of(Mode.ON));
    }
}
