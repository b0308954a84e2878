package io.mcpgateway.controller.cluster;

import io.mcpgateway.controller.gatewayapi.ObjectKey;

/** Requests a reconcile of an object, soon. Repeated requests before it runs change nothing; it does not block. */
public interface ReconcileQueue {
    void extension(ObjectKey key);

    void registration(ObjectKey key);

    void virtualServer(ObjectKey key);
}
