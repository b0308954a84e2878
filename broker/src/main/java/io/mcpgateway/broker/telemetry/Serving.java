package io.mcpgateway.broker.telemetry;

/**
 * What is served of one server now.
 *
 * @param tools as clients see them
 * @param ready whether it is served at all, as {@code /status} says
 * @param conflicts how many of its names other servers keep
 * @param invalid how many of its definitions are left out
 * @param unapproved how many of its pinned tools have a definition that nobody has approved
 * @param quarantined how many of those are neither listed nor callable
 * @param credentialRefused whether it refuses the gateway's credential, and the lists from before are still served
 * @param era what it was seen to speak
 */
public record Serving(
        int tools,
        boolean ready,
        int conflicts,
        int invalid,
        int unapproved,
        int quarantined,
        boolean credentialRefused,
        SeenEra era) {}
