package io.mcpgateway.controller.cluster;

import io.mcpgateway.controller.gatewayapi.ObjectKey;

/** Asks for a reconcile of an object, soon. Asking again before it ran changes nothing; nobody waits. */
public interface ReconcileQueue {
    void extension(ObjectKey key);

    void registration(ObjectKey key);

    void virtualServer(ObjectKey key);
}
