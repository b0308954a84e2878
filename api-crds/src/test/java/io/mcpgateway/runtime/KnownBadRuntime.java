package io.mcpgateway.runtime;

import io.mcpgateway.api.contract.BrokerConfig;

/** Breaks a rule on purpose, to show that the test finds it. */
public record KnownBadRuntime(BrokerConfig config) {}
