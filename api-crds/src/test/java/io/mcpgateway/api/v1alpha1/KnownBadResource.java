package io.mcpgateway.api.v1alpha1;

import io.mcpgateway.api.contract.BrokerConfig;

/** Breaks a rule on purpose, so that the rule is known to work. */
public record KnownBadResource(BrokerConfig config) {}
