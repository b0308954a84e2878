package io.mcpgateway.broker.bridge.watching;

import io.mcpgateway.api.wire.GatewayHeaders;
import io.mcpgateway.broker.bridge.pool.GatewayDoor;
import io.mcpgateway.broker.bridge.pool.Lease;
import io.mcpgateway.broker.bridge.pool.SessionKey;
import io.mcpgateway.broker.bridge.pool.SessionPool;
import io.mcpgateway.broker.bridge.pool.Watcher;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpOutcome;
import io.mcpgateway.broker.endpoint.modern.ResourceUpdate;
import io.mcpgateway.broker.endpoint.modern.ServerSubscriptions;
import io.mcpgateway.broker.era.Era;
import io.mcpgateway.broker.hairpin.OpenSubscription;
import io.mcpgateway.broker.json.JsonText;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.ClientFeatures;
import io.mcpgateway.broker.mcp.McpMethod;
import io.mcpgateway.broker.mcp.MessageSpans;
import io.mcpgateway.broker.mcp.ProtocolVersions;
import io.mcpgateway.broker.session.CallerBinding;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/**
 * A client's subscriptions to resources of one server, in a session of the client's. A session that ends is replaced;
 * what changed in between nobody knows, so every resource counts as changed then.
 */
final class LegacySubscription {
    private final LegacySubscriptions.Parts parts;
    private final OpenSubscription subscription;
    private final ServerSubscriptions.Wish wish;

    LegacySubscription(LegacySubscriptions.Parts parts, OpenSubscription subscription) {
        this.parts = parts;
        this.subscription = subscription;
        this.wish = subscription.wish();
    }

    /** Returns when the server is not to be asked any more. */
    void keep() throws InterruptedException {
        int attempt = 0;
        boolean goesOn = true;
        while (goesOn) {
            goesOn = inSession(attempt > 0) && isServed();
            attempt++;
            if (goesOn) {
                Thread.sleep(parts.retries().after(attempt));
            }
        }
    }

    /** Whether the server neither left nor moved, and still does not speak the client's era. */
    private boolean isServed() {
        return parts.access()
                .server(wish.server().key())
                .filter(route -> !route.eras().speaksModern())
                .isPresent();
    }

    /** Whether it makes sense to try again. */
    private boolean inSession(boolean again) throws InterruptedException {
        GatewayDoor door = door();
        if (!(parts.pool().obtain(key(door), door) instanceof SessionPool.Obtained.Ready(Lease lease))) {
            return again;
        }
        CountDownLatch over = new CountDownLatch(1);
        Watcher watcher = new Changes(over);
        Set<String> subscribed = new LinkedHashSet<>();
        try {
            if (!lease.watch(watcher)) {
                return again;
            }
            subscribe(door, lease, subscribed);
            if (subscription.acknowledge(subscribed).isEmpty()) {
                return false;
            }
            over.await();
            return true;
        } finally {
            lease.leave(watcher);
            if (over.getCount() == 0) {
                parts.pool().lost(lease);
            } else {
                Thread.ofVirtual().name("legacy-unsubscribe").start(() -> unsubscribe(door, lease, subscribed));
            }
        }
    }

    private void subscribe(GatewayDoor door, Lease lease, Set<String> subscribed) throws InterruptedException {
        for (String uri : wish.uris()) {
            boolean first = lease.subscribes(uri);
            if (!first || request(door, lease, McpMethod.RESOURCES_SUBSCRIBE, uri) instanceof McpOutcome.Answer) {
                subscribed.add(uri);
            } else {
                lease.unsubscribes(uri);
            }
        }
    }

    /** The last thing that is done with the session here. */
    private void unsubscribe(GatewayDoor door, Lease lease, Set<String> subscribed) {
        try {
            for (String uri : subscribed) {
                if (lease.unsubscribes(uri)) {
                    request(door, lease, McpMethod.RESOURCES_UNSUBSCRIBE, uri);
                }
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            parts.pool().release(lease);
        }
    }

    private static McpOutcome request(GatewayDoor door, Lease lease, McpMethod method, String uri)
            throws InterruptedException {
        return door.connection(lease.affinity(), lease.session())
                .request(method, RawJson.of("{\"uri\":" + JsonText.quote(uri) + "}"));
    }

    private GatewayDoor door() {
        Era client = new Era.Modern(wish.meta().protocolVersion().orElse(ProtocolVersions.MODERN.getLast()));
        String revision = wish.server().eras().towards(client).protocolVersion();
        ClientFeatures features =
                wish.meta().clientCapabilities().map(ClientFeatures::of).orElse(ClientFeatures.NONE);
        return new GatewayDoor(
                parts.access(),
                wish.server(),
                wish.client(),
                Map.of(GatewayHeaders.METHOD, McpMethod.RESOURCES_SUBSCRIBE.wireName()),
                new InitializeParams(revision, InitializeParams.GATEWAY, features));
    }

    private SessionKey key(GatewayDoor door) {
        return SessionKey.of(wish.server(), CallerBinding.seen(wish.client()), door.params());
    }

    /** Called on the session's reading thread. */
    private final class Changes implements Watcher {
        private final CountDownLatch over;

        private Changes(CountDownLatch over) {
            this.over = over;
        }

        @Override
        public void notified(RawJson message) throws InterruptedException {
            if (!MessageSpans.read(message).method().equals(McpMethod.RESOURCE_UPDATED.wireName())) {
                return;
            }
            Optional<ResourceUpdate> update = ResourceUpdate.read(message).filter(read -> isWished(read.uri()));
            if (update.isPresent()) {
                subscription.told(update.get());
            }
        }

        /** Others use the session, too. A server may also tell of a part of a resource. */
        private boolean isWished(String uri) {
            return wish.uris().stream().anyMatch(uri::startsWith);
        }

        @Override
        public void ended() {
            over.countDown();
        }
    }
}
