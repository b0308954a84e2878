package io.mcpgateway.broker.upstream;

import io.mcpgateway.api.contract.ServerName;
import io.mcpgateway.broker.catalog.ServerReport;
import io.mcpgateway.broker.catalog.ServerTools;
import io.mcpgateway.broker.client.ServerCapabilities;
import java.time.Instant;
import java.util.Optional;

/**
 * Where one loop stands.
 *
 * @param failures in a row
 * @param due when the next attempt or check is
 * @param published the last report that went out
 * @param logged the last failure that was logged, until the server is fine again
 */
record UpstreamState(
        ServerName server,
        Link link,
        Offer offer,
        int failures,
        Instant due,
        Optional<ServerReport> published,
        Optional<String> logged) {
    /** The session, if there is one. */
    sealed interface Link {
        record Down() implements Link {}

        /**
         * A session.
         *
         * @param proven whether it answered anything after initialize
         * @param watching whether changes are announced to us now
         * @param relist whether the list is known to be outdated
         */
        record Up(
                String protocolVersion,
                ServerCapabilities capabilities,
                boolean proven,
                boolean watching,
                boolean relist)
                implements Link {
            Up withProven() {
                return new Up(protocolVersion, capabilities, true, watching, relist);
            }

            Up withRelist(boolean wanted) {
                return new Up(protocolVersion, capabilities, proven, watching, wanted);
            }

            /** Whatever was announced before the stream was open was missed, so an open stream means listing again. */
            Up withWatch(boolean open) {
                return new Up(protocolVersion, capabilities, proven, open, relist || open);
            }
        }
    }

    /** What is known of the server's tools. */
    enum Knowledge {
        NONE,
        KNOWN,
        REMOVED
    }

    /**
     * The tools to serve.
     *
     * @param listedAt when they were listed last
     */
    record Offer(Knowledge knowledge, ServerTools tools, Instant listedAt) {}

    /** Before the first attempt. */
    static UpstreamState fresh(ServerName server, Instant now) {
        return new UpstreamState(
                server,
                new Link.Down(),
                new Offer(Knowledge.NONE, ServerTools.NONE, Instant.MIN),
                0,
                now,
                Optional.empty(),
                Optional.empty());
    }

    /** Before the first attempt at a server whose address or credential changed: what it offered is kept for now. */
    static UpstreamState inheriting(ServerReport report, Instant now) {
        UpstreamState fresh = fresh(report.server(), now);
        if (report.phase() != ServerReport.Phase.READY) {
            return fresh;
        }
        ServerTools tools = new ServerTools(report.tools(), report.invalidTools());
        return fresh.withOffer(new Offer(Knowledge.KNOWN, tools, Instant.MIN));
    }

    UpstreamState withLink(Link next) {
        return new UpstreamState(server, next, offer, failures, due, published, logged);
    }

    UpstreamState withOffer(Offer next) {
        return new UpstreamState(server, link, next, failures, due, published, logged);
    }

    UpstreamState withFailures(int count) {
        return new UpstreamState(server, link, offer, count, due, published, logged);
    }

    UpstreamState withDue(Instant next) {
        return new UpstreamState(server, link, offer, failures, next, published, logged);
    }

    UpstreamState withPublished(ServerReport report) {
        return new UpstreamState(server, link, offer, failures, due, Optional.of(report), logged);
    }

    UpstreamState withLogged(String failure) {
        return new UpstreamState(server, link, offer, failures, due, published, Optional.of(failure));
    }

    UpstreamState withNothingLogged() {
        return new UpstreamState(server, link, offer, failures, due, published, Optional.empty());
    }
}
