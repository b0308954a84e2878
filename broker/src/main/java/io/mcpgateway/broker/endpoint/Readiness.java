package io.mcpgateway.broker.endpoint;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Whether this process should get traffic: it has a configuration, its listeners are up and it is not being stopped.
 * Upstream servers have no say: one that is down must not take the gateway away.
 */
public final class Readiness {
    /** Where the process stands. */
    public enum State {
        STARTING,
        READY,
        DRAINING
    }

    private record Facts(boolean configured, boolean listening, boolean draining) {}

    private final AtomicReference<Facts> facts = new AtomicReference<>(new Facts(false, false, false));

    /** A first configuration is in force. */
    public void configurationLoaded() {
        facts.updateAndGet(now -> new Facts(true, now.listening(), now.draining()));
    }

    /** Every listener accepts connections. */
    public void listenersUp() {
        facts.updateAndGet(now -> new Facts(now.configured(), true, now.draining()));
    }

    /** The process is being stopped; there is no way back. */
    public void draining() {
        facts.updateAndGet(now -> new Facts(now.configured(), now.listening(), true));
    }

    public State state() {
        Facts now = facts.get();
        if (now.draining()) {
            return State.DRAINING;
        }
        return now.configured() && now.listening() ? State.READY : State.STARTING;
    }

    /** One line for people: {@code ready}, or what is missing. */
    public String reason() {
        Facts now = facts.get();
        if (now.draining()) {
            return "draining: the process is being stopped";
        }
        if (!now.configured()) {
            return "starting: no configuration loaded yet";
        }
        return now.listening() ? "ready" : "starting: not every listener is up yet";
    }
}
