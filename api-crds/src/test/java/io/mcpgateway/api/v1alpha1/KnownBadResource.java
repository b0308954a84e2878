package io.mcpgateway.api.v1alpha1;

import io.mcpgateway.api.contract.BrokerConfig;

/** Breaks a rule on purpose, to show that the test finds it. */
public record KnownBadResource(BrokerConfig config) {}
