package io.mcpgateway.e2e.path;

import io.mcpgateway.e2e.fixture.Front;

/** Envoy counts the calls at each server, and knows nothing of their ids. */
class EnvoyLimitsTest extends LimitsContract {
    EnvoyLimitsTest() {
        super(Front.ENVOY);
    }

    @Override
    String refusalOfServer() {
        return "too many calls under way for server \"demo/slow\"; try again later";
    }

    @Override
    String refusedId() {
        return "null";
    }
}
