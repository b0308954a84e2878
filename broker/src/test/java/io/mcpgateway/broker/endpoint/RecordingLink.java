package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.LogLevel;
import io.mcpgateway.broker.mcp.RequestHeaders;
import io.mcpgateway.broker.session.GatewaySession;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.ServerKey;
import io.mcpgateway.broker.session.SessionStore;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Keeps what the backends would be told. */
final class RecordingLink implements ServerLink {
    final List<SessionStore.Entry> ended = new CopyOnWriteArrayList<>();
    final List<String> notified = new CopyOnWriteArrayList<>();
    final List<Messages> listeners = new CopyOnWriteArrayList<>();

    private volatile CountDownLatch held = new CountDownLatch(0);

    /** Lets whoever brings a notification wait until {@link #release}. */
    void hold() {
        held = new CountDownLatch(1);
    }

    void release() {
        held.countDown();
    }

    @Override
    public void ended(RequestHeaders client, GatewaySessionId session, List<SessionStore.Entry> backends) {
        ended.addAll(backends);
    }

    @Override
    public void logLevelSet(RequestHeaders client, GatewaySessionId session, LogLevel level, Set<ServerKey> servers) {
        notified.add("logging/setLevel " + level.text() + " " + servers);
    }

    @Override
    public Listening listen(RequestHeaders client, GatewaySession session, Messages messages) {
        listeners.add(messages);
        return () -> listeners.remove(messages);
    }

    @Override
    public void notified(RequestHeaders client, GatewaySessionId session, String method, RawJson message) {
        notified.add(method + " " + message);
        try {
            if (!held.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("nobody released the notification");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
