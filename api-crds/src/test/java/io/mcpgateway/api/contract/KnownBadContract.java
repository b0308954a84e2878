package io.mcpgateway.api.contract;

import io.fabric8.kubernetes.api.model.Secret;

/** Breaks a rule on purpose, to show that the test finds it. */
public record KnownBadContract(Secret secret) {}
