package io.mcpgateway.e2e.chaos;

import io.mcpgateway.e2e.chaos.Fault.Trait;
import io.mcpgateway.e2e.process.ChildProcess;
import io.mcpgateway.e2e.process.ServerEntry;
import io.mcpgateway.e2e.words.Cell;
import io.mcpgateway.e2e.words.Conduct;
import io.mcpgateway.e2e.words.ListShape;
import io.mcpgateway.e2e.words.WordServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The matrix: every fault, and how callers may notice it, as docs/resilience.md says. */
public final class Faults {
    private static final int BACKEND_UNAVAILABLE = -32003;
    private static final int INVALID_PARAMS = -32602;
    private static final int INTERNAL_ERROR = -32603;
    private static final Allowed NO_SESSION_MADE = new Allowed.RpcError(502, BACKEND_UNAVAILABLE, "demo/fragile");
    /** Clients of MCP 2026-07-28 get another code. */
    private static final Allowed NO_ANSWER =
            new Allowed.RpcError(502, INTERNAL_ERROR, "demo/fragile").in(Cell.MODERN, Cell.MODERN_TO_LEGACY);
    /** The server was not there for the reply to its question. */
    private static final Allowed NOT_THERE = new Allowed.ReplyRefused(502, "server demo/fragile ").in(Cell.LEGACY);

    private static final Allowed NO_SERVER = new Allowed.RpcError(502, BACKEND_UNAVAILABLE, "could not be reached");
    private static final Allowed UNKNOWN_TOOL = new Allowed.RpcError(200, INVALID_PARAMS, "Unknown tool: fragile");
    private static final Allowed SESSION_UNCHECKED =
            new Allowed.RpcError(503, BACKEND_UNAVAILABLE, "session store is not available");
    /** A broker that stops decides on no further request, those of its own calls included. */
    private static final Allowed STOPPED_BEFORE_NEXT_ROUND =
            new Allowed.RpcError(500, BACKEND_UNAVAILABLE, "answered HTTP 500").in(Cell.LEGACY_TO_MODERN);

    private static final Allowed REPLY_NOT_PASSED_ON =
            new Allowed.RpcError(502, INTERNAL_ERROR, "could not be passed on").in(Cell.MODERN_TO_LEGACY);

    private static final Allowed PARKED_CALL_LOST =
            new Allowed.RpcError(200, INTERNAL_ERROR, "was lost").in(Cell.MODERN_TO_LEGACY);
    private static final Duration LONG_BOUND = Duration.ofSeconds(25);
    private static final int ENVOY_PATIENCE_SECONDS = 2;
    private static final int RELOADS = 4;

    private Faults() {}

    /** All faults. */
    public static List<Fault> all() {
        return Stream.of(serverIsGone(), serverAnswersBadly(), serverListsBadly(), gatewayIsDisturbed(), storeIsGone())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> serverIsGone() {
        // Envoy: its own 503. Built-in gateway: 502 with our error. New session: 502, because it cannot be opened.
        // After the restart, the server does not know its old sessions; the first call in one must be repeated.
        Allowed forgotten = new Allowed.RpcError(200, BACKEND_UNAVAILABLE, "repeat it");
        // The response had begun: a server that asks the client something answers with a stream.
        Allowed cutOff = new Allowed.Broken().in(Cell.LEGACY, Cell.MODERN);
        Expectation down = failing(
                new Allowed.Status(503),
                NO_SERVER,
                NO_SESSION_MADE,
                NO_ANSWER,
                NOT_THERE,
                UNKNOWN_TOOL,
                forgotten,
                cutOff);
        return List.of(
                ofServer("server down", Set.of(Trait.SHOWS), down, ChaosBed::killFragile, ChaosBed::startFragileAgain),
                ofServer(
                        "server down until its tools are gone",
                        Set.of(Trait.SHOWS, Trait.LONG),
                        down,
                        bed -> {
                            bed.killFragile();
                            bed.awaitTools(
                                    names -> names.stream().noneMatch(name -> name.startsWith(ChaosBed.FRAGILE)));
                        },
                        ChaosBed::startFragileAgain),
                ofServer(
                        "server forgets sessions (404)",
                        Set.of(Trait.SHOWS, Trait.ANSWERS),
                        answering(forgotten, REPLY_NOT_PASSED_ON),
                        bed -> bed.fragile().legacy().forgetsClients(true),
                        bed -> bed.fragile().legacy().forgetsClients(false)));
    }

    private static List<Fault> serverAnswersBadly() {
        Allowed malformed = new Allowed.PassedOn(200, WordServer.malformed("%id", "%word"));
        Allowed html = new Allowed.PassedOn(200, WordServer.html("%word"));
        // The broker reads the answers to calls between the eras, so it notices.
        Allowed noResponse = new Allowed.RpcError(200, INTERNAL_ERROR, "did not answer with a JSON-RPC response")
                .in(Cell.LEGACY_TO_MODERN, Cell.MODERN_TO_LEGACY);
        Allowed late = new Allowed.RpcError(504, BACKEND_UNAVAILABLE, "timed out");
        Allowed lateForModern = new Allowed.RpcError(504, INTERNAL_ERROR, "did not answer initialize in time")
                .in(Cell.MODERN_TO_LEGACY);
        return List.of(
                calls("server slow (300 ms)", Set.of(Trait.ANSWERS), Expectation.UNTOUCHED, Conduct.SLOWLY),
                calls(
                        "server answers 401",
                        Set.of(Trait.SHOWS),
                        failing(new Allowed.RpcError(502, BACKEND_UNAVAILABLE, "HTTP 401"), NO_ANSWER),
                        Conduct.UNAUTHORIZED),
                calls(
                        "server answers malformed JSON",
                        Set.of(Trait.SHOWS),
                        failing(malformed, NO_SESSION_MADE, NO_ANSWER, noResponse),
                        Conduct.MALFORMED),
                calls(
                        "server answers HTML",
                        Set.of(Trait.SHOWS),
                        failing(html, NO_SESSION_MADE, NO_ANSWER),
                        Conduct.HTML),
                calls(
                        "server sends events of 2 MB",
                        Set.of(Trait.ANSWERS, Trait.LARGE),
                        Expectation.UNTOUCHED,
                        Conduct.LARGE_EVENT),
                new Fault(
                        "server hangs after its headers",
                        Set.of(Trait.SHOWS, Trait.ENVOY, Trait.LONG),
                        new Expectation(false, List.of(new Allowed.Broken(), new Allowed.Status(504)), LONG_BOUND),
                        Expectation.UNTOUCHED,
                        // A request keeps the timeout that Envoy had when it began.
                        bed -> bed.shortenEnvoyPatience(ENVOY_PATIENCE_SECONDS),
                        bed -> bed.fragile().each(server -> server.clients(Conduct.HANG)),
                        bed -> {
                            bed.fragile().each(server -> server.clients(Conduct.WELL));
                            bed.gateway().refreshEnvoy();
                        }),
                calls(
                        "server hangs at initialize",
                        Set.of(Trait.SHOWS, Trait.ANSWERS, Trait.LONG),
                        new Expectation(true, List.of(late, lateForModern), LONG_BOUND),
                        Conduct.HANG_AT_START));
    }

    private static List<Fault> serverListsBadly() {
        return List.of(
                ofServer(
                        "list of 1000 pages",
                        Set.of(Trait.ANSWERS, Trait.LONG),
                        Expectation.UNTOUCHED,
                        bed -> {
                            bed.fragile().each(server -> server.list(ListShape.THOUSAND_PAGES));
                            bed.awaitTools(names -> names.contains(ChaosBed.FRAGILE + "_tool" + ListShape.PAGES)
                                    && names.contains(ChaosBed.FRAGILE_MODERN + "_tool" + ListShape.PAGES));
                        },
                        bed -> bed.fragile().each(server -> server.list(ListShape.ONE_PAGE))),
                ofServer(
                        "list whose cursor repeats",
                        Set.of(Trait.ANSWERS, Trait.LONG),
                        answering(UNKNOWN_TOOL),
                        bed -> {
                            bed.fragile().each(server -> server.list(ListShape.CURSOR_LOOP));
                            bed.awaitStatus("cursor loop");
                        },
                        bed -> bed.fragile().each(server -> server.list(ListShape.ONE_PAGE))));
    }

    private static List<Fault> gatewayIsDisturbed() {
        // Without the router's decision, Envoy forwards nothing (500); requests for the broker itself get 503.
        Expectation brokerGone = answering(
                new Allowed.Status(500),
                new Allowed.Status(503),
                new Allowed.Status(504),
                STOPPED_BEFORE_NEXT_ROUND,
                REPLY_NOT_PASSED_ON,
                PARKED_CALL_LOST);
        // What passes through it at that moment is cut off: its own answers, and those in which servers may ask
        // something.
        Expectation brokerKilled = answering(Stream.concat(
                        brokerGone.errors().stream(),
                        Stream.of(
                                new Allowed.Status(502).in(Cell.LEGACY_TO_MODERN, Cell.MODERN_TO_LEGACY),
                                new Allowed.Broken()))
                .toArray(Allowed[]::new));
        // The call of a parked client ends with Envoy too; it learns that when it comes back.
        Allowed ended = new Allowed.RpcError(502, INTERNAL_ERROR, "may have been executed").in(Cell.MODERN_TO_LEGACY);
        Expectation envoyGone = answering(new Allowed.Broken(), ended);
        return List.of(
                ofAll(
                        "broker told to stop, then started",
                        Set.of(Trait.ENVOY, Trait.SHOWS, Trait.ANSWERS, Trait.LONG),
                        brokerGone,
                        bed -> {
                            ChildProcess broker = bed.gateway().broker();
                            broker.terminate();
                            broker.ended().join();
                            bed.gateway().restartBroker();
                            bed.awaitReady();
                            bed.awaitServers();
                        }),
                ofAll(
                        "broker killed, then started",
                        Set.of(Trait.ENVOY, Trait.SHOWS, Trait.ANSWERS, Trait.LONG),
                        brokerKilled,
                        bed -> {
                            bed.gateway().broker().kill();
                            bed.gateway().restartBroker();
                            bed.awaitReady();
                            bed.awaitServers();
                        }),
                ofAll(
                        "configuration changes, " + RELOADS + " times",
                        Set.of(Trait.ANSWERS, Trait.LONG),
                        Expectation.UNTOUCHED,
                        Faults::reload),
                ofAll("Envoy stopped and started", Set.of(Trait.ENVOY, Trait.SHOWS, Trait.ANSWERS), envoyGone, bed -> {
                    bed.gateway().restartEnvoy();
                    bed.awaitReady();
                }));
    }

    private static List<Fault> storeIsGone() {
        Expectation restarted = answering(
                new Allowed.Status(500),
                new Allowed.Status(503),
                SESSION_UNCHECKED,
                STOPPED_BEFORE_NEXT_ROUND,
                REPLY_NOT_PASSED_ON,
                PARKED_CALL_LOST);
        // It comes back empty, so nobody knows the session in which a server has asked something before.
        Allowed forgotten = new Allowed.ReplyRefused(400, "has ended the session it was made in").in(Cell.LEGACY);
        return List.of(
                ofStore(
                        "session store lost",
                        Set.of(),
                        answering(forgotten),
                        bed -> bed.redis().kill()),
                new Fault(
                        "session store halted (SIGSTOP)",
                        Set.of(Trait.STORE, Trait.ANSWERS),
                        Expectation.UNTOUCHED,
                        Expectation.UNTOUCHED,
                        bed -> bed.redis().freeze(),
                        bed -> bed.redis().thaw()),
                ofStore("broker started without its session store", Set.of(Trait.LONG, Trait.SHOWS), restarted, bed -> {
                    bed.redis().kill();
                    bed.gateway().restartBroker();
                    bed.awaitReady();
                    bed.awaitServers();
                }));
    }

    /** Adds or removes a server each time, and changes its prefix. */
    private static void reload(ChaosBed bed) throws IOException {
        for (int i = 0; i < RELOADS; i++) {
            List<ServerEntry> servers = new ArrayList<>(bed.servers());
            String prefix = "again" + i + "_";
            servers.add(
                    i % 2, ServerEntry.of("third", bed.fragile().legacy().url()).withPrefix(prefix));
            bed.serve(servers);
            bed.awaitTools(names -> names.contains(prefix + WordServer.SAY));
        }
        bed.serve(bed.servers());
        bed.awaitServers();
    }

    private static Expectation failing(Allowed... errors) {
        return new Expectation(false, List.of(errors), Expectation.USUAL);
    }

    private static Expectation answering(Allowed... errors) {
        return new Expectation(true, List.of(errors), Expectation.USUAL);
    }

    private static Fault calls(String name, Set<Trait> traits, Expectation expectation, Conduct conduct) {
        return ofServer(
                name,
                traits,
                expectation,
                bed -> bed.fragile().each(server -> server.clients(conduct)),
                bed -> bed.fragile().each(server -> server.clients(Conduct.WELL)));
    }

    private static Fault ofServer(
            String name, Set<Trait> traits, Expectation expectation, Fault.Step inject, Fault.Step heal) {
        return new Fault(name, traits, expectation, Expectation.UNTOUCHED, inject, heal);
    }

    /** Starts and ends in one step. */
    private static Fault ofAll(String name, Set<Trait> traits, Expectation expectation, Fault.Step step) {
        return new Fault(name, traits, expectation, expectation, step, _ -> {});
    }

    private static Fault ofStore(String name, Set<Trait> more, Expectation expectation, Fault.Step inject) {
        Set<Trait> traits = Stream.concat(more.stream(), Stream.of(Trait.STORE, Trait.ANSWERS))
                .collect(java.util.stream.Collectors.toSet());
        return new Fault(
                name,
                traits,
                expectation,
                expectation,
                inject,
                bed -> bed.redis().startAgain());
    }
}
