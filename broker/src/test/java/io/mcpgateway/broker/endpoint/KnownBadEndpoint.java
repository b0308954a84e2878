package io.mcpgateway.broker.endpoint;

import io.mcpgateway.broker.extproc.KnownBadStream;
import io.mcpgateway.broker.router.KnownBadRouteHelper;

/** The other half of a cycle that the architecture test must see. */
public final class KnownBadEndpoint {
    private final KnownBadRouteHelper router;

    public KnownBadEndpoint(KnownBadRouteHelper router) {
        this.router = router;
    }

    public String reach(io.fabric8.kubernetes.client.KubernetesClient client) {
        return client.getNamespace();
    }

    public String ask(redis.clients.jedis.RedisClient client) {
        return client.get("key");
    }

    public String touch() {
        return new KnownBadStream().name() + router.last();
    }
}
