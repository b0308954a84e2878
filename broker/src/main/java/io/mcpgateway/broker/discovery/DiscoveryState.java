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
 * @param seen when the server last passed a check; reports only tell it with other news
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
        Optional<Instant> seen,
        Optional<ServerReport> published,
        Optional<String> logged,
        Optional<Instant> refusedSince) {
    /** The session, if there is one. */
    sealed interface Link {
        /**
         * No session.
         *
         * @param quiet whether the next one is not disturbed by asking for more than initialize agrees on
         */
        record Down(boolean quiet) implements Link {
            Down() {
                this(false);
            }
        }

        /**
         * A session.
         *
         * @param proven whether it answered anything after initialize
         * @param asked whether the server was asked for a modern revision after initialize
         * @param watched the lists whose changes would be announced to us now
         * @param relist the lists that are known to be outdated
         * @param relearn when to ask the server what it speaks and declares
         */
        record Up(
                Agreed agreed,
                boolean proven,
                boolean asked,
                Set<CapabilityKind> watched,
                Set<CapabilityKind> relist,
                Instant relearn)
                implements Link {
            public Up {
                watched = Set.copyOf(watched);
                relist = Set.copyOf(relist);
            }

            /** A session that answered nothing yet, with everything to be listed. */
            static Up fresh(Agreed agreed, boolean asked, Instant relearn) {
                return new Up(agreed, false, asked, Set.of(), declared(agreed), relearn);
            }

            Up withProven() {
                return new Up(agreed, true, asked, watched, relist, relearn);
            }

            Up withRelist(Set<CapabilityKind> outdated) {
                return new Up(agreed, proven, asked, watched, outdated, relearn);
            }

            Up withRelearn(Instant next) {
                return new Up(agreed, proven, asked, watched, relist, next);
            }

            /** Asks soon. Every call may raise a doubt, but the server is asked once a second at most. */
            Up withDoubt(Instant now) {
                Instant soon = now.plusSeconds(1);
                return soon.isBefore(relearn) ? withRelearn(soon) : this;
            }

            /** Whether it is time to ask what the server speaks and declares. */
            boolean asksAgain(Instant now) {
                return !now.isBefore(relearn);
            }

            /** What the server announced; kinds that it does not declare are not listed. */
            Up withChanged(Set<CapabilityKind> changed) {
                Set<CapabilityKind> outdated = new HashSet<>(changed);
                outdated.retainAll(declared());
                outdated.addAll(relist);
                return withRelist(outdated);
            }

            /** Whatever was announced before the stream was open was missed, so an open stream means listing again. */
            Up withWatch(Set<CapabilityKind> open) {
                Set<CapabilityKind> announced = new HashSet<>(open);
                announced.retainAll(announced());
                return new Up(agreed, proven, asked, announced, relist, relearn).withChanged(announced);
            }

            /** Whether the session may be gone because the server was asked for more: some keep one session only. */
            boolean disturbed() {
                return asked && !proven && !agreed.eras().speaksModern();
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
                kinds.removeAll(watched);
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
     * @param outdated when it must be requested again, unless its changes are announced
     */
    record Pause(Instant until, int misses, String cause, Instant outdated) {
        static final Pause NONE = new Pause(Instant.MIN, 0, "", Instant.MAX);
    }

    /**
     * What is served, and what prevents that its lists are requested all the time.
     *
     * @param privateLists those that the server shows to callers with the gateway's credential only
     */
    record Offer(
            Knowledge knowledge,
            Listings listings,
            Map<CapabilityKind, Pause> pauses,
            Set<CapabilityKind> privateLists) {
        static final Offer NONE = new Offer(Knowledge.NONE, Listings.NONE, Map.of(), Set.of());

        public Offer {
            pauses = Map.copyOf(pauses);
            privateLists = Set.copyOf(privateLists);
        }

        Pause pause(CapabilityKind kind) {
            return pauses.getOrDefault(kind, Pause.NONE);
        }

        Offer withoutPauses() {
            return new Offer(knowledge, listings, Map.of(), privateLists);
        }

        Offer withKnowledge(Knowledge next) {
            return new Offer(next, listings, pauses, privateLists);
        }

        Offer withListings(Listings next) {
            return new Offer(knowledge, next, pauses, privateLists);
        }
    }

    /** Before the first attempt. */
    static DiscoveryState fresh(ServerName server, Instant now) {
        return new DiscoveryState(
                server,
                new Link.Down(),
                Offer.NONE,
                0,
                now,
                Optional.empty(),
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
        return fresh.withOffer(new Offer(Knowledge.KNOWN, report.listings(), Map.of(), report.privateLists()));
    }

    /** What was agreed with the server last; empty before the first time. */
    Optional<Agreed> agreed() {
        return link instanceof Link.Up up ? Optional.of(up.agreed()) : published.flatMap(ServerReport::session);
    }

    DiscoveryState withLink(Link next) {
        return new DiscoveryState(server, next, offer, failures, due, seen, published, logged, refusedSince);
    }

    DiscoveryState withOffer(Offer next) {
        return new DiscoveryState(server, link, next, failures, due, seen, published, logged, refusedSince);
    }

    DiscoveryState withFailures(int count) {
        return new DiscoveryState(server, link, offer, count, due, seen, published, logged, refusedSince);
    }

    DiscoveryState withDue(Instant next) {
        return new DiscoveryState(server, link, offer, failures, next, seen, published, logged, refusedSince);
    }

    DiscoveryState withSeen(Instant moment) {
        return new DiscoveryState(
                server, link, offer, failures, due, Optional.of(moment), published, logged, refusedSince);
    }

    DiscoveryState withPublished(ServerReport report) {
        return new DiscoveryState(server, link, offer, failures, due, seen, Optional.of(report), logged, refusedSince);
    }

    DiscoveryState withLogged(String failure) {
        return new DiscoveryState(
                server, link, offer, failures, due, seen, published, Optional.of(failure), refusedSince);
    }

    DiscoveryState withNothingLogged() {
        return new DiscoveryState(server, link, offer, failures, due, seen, published, Optional.empty(), refusedSince);
    }

    DiscoveryState withRefusedSince(Optional<Instant> since) {
        return new DiscoveryState(server, link, offer, failures, due, seen, published, logged, since);
    }
}
