package io.mcpgateway.controller.registration;

import java.util.List;
import java.util.Objects;

/** What follows for one registration. */
public sealed interface RegistrationPlan {
    /** It reaches no extension: nothing to configure anywhere. */
    record Unattached(String reason, String message) implements RegistrationPlan {
        public Unattached {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }
    }

    /**
     * It is attached to the port of extensions, but cannot be turned into a server entry. Its hosts stay guarded by the filters of those
     * extensions: a broken credential must not open the backend to direct calls.
     */
    record Invalid(List<Attachment> attachments, String reason, String message) implements RegistrationPlan {
        public Invalid {
            attachments = List.copyOf(attachments);
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(message, "message");
        }
    }

    /** Switched off by its owner: the entries are configured with state Disabled. */
    record Disabled(List<Attachment> attachments, List<Placement> placements) implements RegistrationPlan {
        public Disabled {
            attachments = List.copyOf(attachments);
            placements = List.copyOf(placements);
        }
    }

    /**
     * To be served by the extensions of its placements.
     *
     * @param neighbours other routes that share or cover its hosts, without taking its calls; for people
     */
    record Registered(List<Attachment> attachments, List<Placement> placements, List<String> neighbours)
            implements RegistrationPlan {
        public Registered {
            attachments = List.copyOf(attachments);
            placements = List.copyOf(placements);
            neighbours = List.copyOf(neighbours);
        }
    }

    /** Where its route is reachable, whatever else is wrong with it. */
    default List<Attachment> reaches() {
        return switch (this) {
            case Unattached _ -> List.of();
            case Invalid invalid -> invalid.attachments();
            case Disabled disabled -> disabled.attachments();
            case Registered registered -> registered.attachments();
        };
    }

    /** The entries to configure, at most one per extension. */
    default List<Placement> entries() {
        return switch (this) {
            case Unattached _ -> List.of();
            case Invalid _ -> List.of();
            case Disabled disabled -> disabled.placements();
            case Registered registered -> registered.placements();
        };
    }
}
