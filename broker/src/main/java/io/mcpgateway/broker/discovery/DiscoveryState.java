package io.mcpgateway.broker.discovery;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerReport.Agreed;
import io.mcpgateway.broker.listing.Listings;
import io.mcpgateway.broker.mcp.CapabilityKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where one loop stands.
 *
 * @param failures in a row
 * @param due when the next attempt or check is
 * @param published the last report that went out
 * @param logged the last failure that was logged, until the server is fine again
 * @param refusedSince since when the server refuses our credential, if it does
 */
record DiscoveryState(
        ServerName server,
        Link link,
        Offer offer,
        int failures,
        Instant due,
        Optional<ServerReport> published,
        Optional<String> logged,
        Optional<Instant> refusedSince) {
    /** The session, if there is one. */
    sealed interface Link {
        record Down() implements Link {}

        /**
         * A session.
         *
         * @param proven whether it answered anything after initialize
         * @param watching whether changes are announced to us now
         * @param relist the lists that are known to be outdated
         * @param relearn when to ask a server without tools what it declares
         */
        record Up(Agreed agreed, boolean proven, boolean watching, Set<CapabilityKind> relist, Instant relearn)
                implements Link {
            public Up {
                relist = Set.copyOf(relist);
            }

            /** A session that answered nothing yet, with everything to be listed. */
            static Up fresh(Agreed agreed, Instant relearn) {
                return new Up(agreed, false, false, declared(agreed), relearn);
            }

            Up withProven() {
                return new Up(agreed, true, watching, relist, relearn);
            }

            Up withRelist(Set<CapabilityKind> outdated) {
                return new Up(agreed, proven, watching, outdated, relearn);
            }

            Up withRelearn(Instant next) {
                return new Up(agreed, proven, watching, relist, next);
            }

            /** Whether it is time to ask what the server declares: it has no tools so far. */
            boolean asksAgain(Instant now) {
                return !has(CapabilityKind.TOOL) && !now.isBefore(relearn);
            }

            /** What the server announced; kinds that it does not declare are not listed. */
            Up withChanged(Set<CapabilityKind> changed) {
                Set<CapabilityKind> outdated = new HashSet<>(changed);
                outdated.retainAll(declared());
                outdated.addAll(relist);
                return withRelist(outdated);
            }

            /** Whatever was announced before the stream was open was missed, so an open stream means listing again. */
            Up withWatch(boolean open) {
                Up next = new Up(agreed, proven, open, relist, relearn);
                return open ? next.withChanged(announced()) : next;
            }

            boolean has(CapabilityKind kind) {
                return agreed.capabilities().has(kind.capability());
            }

            /** The kinds that the server lists. */
            Set<CapabilityKind> declared() {
                return declared(agreed);
            }

            /** Those of them whose changes the server announces. */
            Set<CapabilityKind> announced() {
                return declared().stream()
                        .filter(kind -> agreed.capabilities().has(kind.announced()))
                        .collect(Collectors.toSet());
            }

            /** Those whose changes are only noticed by listing. */
            Set<CapabilityKind> unannounced() {
                Set<CapabilityKind> kinds = new HashSet<>(declared());
                if (watching) {
                    kinds.removeAll(announced());
                }
                return kinds;
            }

            private static Set<CapabilityKind> declared(Agreed agreed) {
                return Arrays.stream(CapabilityKind.values())
                        .filter(kind -> agreed.capabilities().has(kind.capability()))
                        .collect(Collectors.toSet());
            }
        }
    }

    /** What is known of the server's lists. */
    enum Knowledge {
        NONE,
        KNOWN,
        REMOVED
    }

    /**
     * When a list may be requested again.
     *
     * @param misses how often in a row it was refused
     * @param cause the reason for the last refusal; empty if there was none
     */
    record Pause(Instant until, int misses, String cause) {
        static final Pause NONE = new Pause(Instant.MIN, 0, "");
    }

    /** What is served, and what prevents that its lists are requested all the time. */
    record Offer(Knowledge knowledge, Listings listings, Map<CapabilityKind, Pause> pauses) {
        public Offer {
            pauses = Map.copyOf(pauses);
        }

        Pause pause(CapabilityKind kind) {
            return pauses.getOrDefault(kind, Pause.NONE);
        }

        Offer withoutPauses() {
            return new Offer(knowledge, listings, Map.of());
        }
    }

    /** Before the first attempt. */
    static DiscoveryState fresh(ServerName server, Instant now) {
        return new DiscoveryState(
                server,
                new Link.Down(),
                new Offer(Knowledge.NONE, Listings.NONE, Map.of()),
                0,
                now,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Before the first attempt at a server whose address or credential changed: what it offered is kept for now. */
    static DiscoveryState inheriting(ServerReport report, Instant now) {
        DiscoveryState fresh = fresh(report.server(), now);
        if (report.phase() != ServerReport.Phase.READY) {
            return fresh;
        }
        return fresh.withOffer(new Offer(Knowledge.KNOWN, report.listings(), Map.of()));
    }

    DiscoveryState withLink(Link next) {
        return new DiscoveryState(server, next, offer, failures, due, published, logged, refusedSince);
    }

    DiscoveryState withOffer(Offer next) {
        return new DiscoveryState(server, link, next, failures, due, published, logged, refusedSince);
    }

    DiscoveryState withFailures(int count) {
        return new DiscoveryState(server, link, offer, count, due, published, logged, refusedSince);
    }

    DiscoveryState withDue(Instant next) {
        return new DiscoveryState(server, link, offer, failures, next, published, logged, refusedSince);
    }

    DiscoveryState withPublished(ServerReport report) {
        return new DiscoveryState(server, link, offer, failures, due, Optional.of(report), logged, refusedSince);
    }

    DiscoveryState withLogged(String failure) {
        return new DiscoveryState(server, link, offer, failures, due, published, Optional.of(failure), refusedSince);
    }

    DiscoveryState withNothingLogged() {
        return new DiscoveryState(server, link, offer, failures, due, published, Optional.empty(), refusedSince);
    }

    DiscoveryState withRefusedSince(Optional<Instant> since) {
        return new DiscoveryState(server, link, offer, failures, due, published, logged, since);
    }
}
