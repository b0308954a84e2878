package io.mcpgateway.api.contract;

import io.fabric8.kubernetes.api.model.Secret;

/** Breaks a rule on purpose, so that the rule is known to work. */
public record KnownBadContract(Secret secret) {}
