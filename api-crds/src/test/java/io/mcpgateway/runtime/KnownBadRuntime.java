package io.mcpgateway.runtime;

import io.mcpgateway.api.contract.BrokerConfig;

/** Breaks a rule on purpose, so that the rule is known to work. */
public record KnownBadRuntime(BrokerConfig config) {}
