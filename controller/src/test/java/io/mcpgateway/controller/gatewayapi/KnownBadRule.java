package io.mcpgateway.controller.gatewayapi;

import io.mcpgateway.controller.registration.KnownBadRegistration;

/** A rule that knows who uses it, which it must not. */
public final class KnownBadRule {
    private KnownBadRule() {}

    public static String touch(KnownBadRegistration registration) {
        return registration.touch();
    }
}
