package io.mcpgateway.controller.registration;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.Listener;
import io.mcpgateway.controller.gatewayapi.ObjectKey;
import java.util.Objects;
import java.util.Optional;

/**
 * An MCPGatewayExtension as registrations see it.
 *
 * @param gateway that it targets
 * @param created its timestamp, RFC 3339
 */
public record TargetExtension(ObjectKey key, ObjectKey gateway, String created, State state) {
    /** Whether it takes servers. */
    public sealed interface State {
        /** It takes those that its listener reaches. */
        record Serving(Listener listener, String publicHost) implements State {
            public Serving {
                Objects.requireNonNull(listener, "listener");
                Objects.requireNonNull(publicHost, "publicHost");
            }
        }

        /** It is being deleted: it takes none any more, but its public host still leads to it. */
        record Leaving(Listener listener, String publicHost) implements State {
            public Leaving {
                Objects.requireNonNull(listener, "listener");
                Objects.requireNonNull(publicHost, "publicHost");
            }
        }

        /**
         * It takes none.
         *
         * @param entitled whether the place is its own, as far as known: nobody withholds it, and no older one has it
         */
        record Rejected(String problem, boolean entitled) implements State {
            public Rejected {
                Objects.requireNonNull(problem, "problem");
            }
        }
    }

    public TargetExtension {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(created, "created");
        Objects.requireNonNull(state, "state");
    }

    public boolean isServing() {
        return serving().isPresent();
    }

    Optional<State.Serving> serving() {
        return state instanceof State.Serving serving ? Optional.of(serving) : Optional.empty();
    }

    /** The listener that it has, whether it takes servers or not. */
    Optional<Listener> listener() {
        return switch (state) {
            case State.Serving serving -> Optional.of(serving.listener());
            case State.Leaving leaving -> Optional.of(leaving.listener());
            case State.Rejected _ -> Optional.empty();
        };
    }

    /** Under which clients reach it, if they do. */
    Optional<String> publicHost() {
        return switch (state) {
            case State.Serving serving -> Optional.of(serving.publicHost());
            case State.Leaving leaving -> Optional.of(leaving.publicHost());
            case State.Rejected _ -> Optional.empty();
        };
    }

    boolean isEntitled() {
        return switch (state) {
            case State.Serving _ -> true;
            case State.Leaving _ -> true;
            case State.Rejected rejected -> rejected.entitled();
        };
    }

    /** Why it takes no servers; empty if it does. */
    Optional<String> problem() {
        return switch (state) {
            case State.Serving _ -> Optional.empty();
            case State.Leaving _ -> Optional.of("it is being deleted");
            case State.Rejected rejected -> Optional.of(rejected.problem());
        };
    }
}
