package io.mcpgateway.controller.cluster;

import io.mcpgateway.controller.gatewayapi.ObjectKey;

/** Reads {@code namespace/name} back. */
final class ObjectKeys {
    private ObjectKeys() {}

    static ObjectKey parse(String text) {
        int slash = text.indexOf('/');
        return new ObjectKey(text.substring(0, slash), text.substring(slash + 1));
    }
}
