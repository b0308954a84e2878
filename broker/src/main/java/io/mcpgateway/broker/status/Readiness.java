package io.mcpgateway.broker.status;

/**
 * Whether this process should get traffic: it has a configuration, its listeners are up, it is warm, has asked each server
 * once, and is not being stopped. What servers answer has no say: one that is down must not take the gateway away. Each fact only ever becomes true.
 */
public final class Readiness {
    /** Where the process stands. */
    public enum State {
        STARTING,
        READY,
        DRAINING
    }

    private volatile boolean configured;
    private volatile boolean listening;
    private volatile boolean warm;
    private volatile boolean heard;
    private volatile boolean stopping;

    /** A first configuration is in force. */
    public void configurationLoaded() {
        configured = true;
    }

    /** Every listener accepts connections. */
    public void listenersUp() {
        listening = true;
    }

    /** The warm-up is over, or there is none. */
    public void warm() {
        warm = true;
    }

    /** Each server has answered or failed once, or has had the time to. */
    public void serversHeard() {
        heard = true;
    }

    /** The process is being stopped. */
    public void draining() {
        stopping = true;
    }

    public State state() {
        if (stopping) {
            return State.DRAINING;
        }
        return configured && listening && warm && heard ? State.READY : State.STARTING;
    }

    /** One line for people: {@code ready}, or what is missing. */
    public String reason() {
        return switch (state()) {
            case DRAINING -> "draining: the process is being stopped";
            case READY -> "ready";
            case STARTING -> "starting: " + missing();
        };
    }

    private String missing() {
        if (!configured) {
            return "no configuration loaded yet";
        }
        if (!listening) {
            return "not every listener is up yet";
        }
        return warm ? "waiting for the first answers of servers" : "warming up";
    }
}
