package io.mcpgateway.e2e.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** kubectl of a cluster. If a wait times out, the error shows the object and the end of the controller's log. */
final class Kubectl {
    /** Enough for a broker to start on a busy machine. */
    static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final List<String> program;

    /** The program, with the common arguments. */
    Kubectl(List<String> program) {
        this.program = List.copyOf(program);
    }

    /** One condition of a status; empty texts if it is missing. */
    record Condition(String status, String reason, String message) {
        boolean isTrue() {
            return "True".equals(status);
        }
    }

    /** The object that waits and reads are about. */
    record Subject(String kind, String namespace, String name) {
        static Subject registration(String name) {
            return new Subject("mcpserverregistration", "mcp-test", name);
        }

        static Subject extension(String namespace, String name) {
            return new Subject("mcpgatewayextension", namespace, name);
        }

        static Subject of(String kind, String namespace, String name) {
            return new Subject(kind, namespace, name);
        }
    }

    /** Runs kubectl, which must succeed. */
    String run(String... arguments) {
        return attempt("", arguments).orFail();
    }

    /** Runs kubectl with this input; the caller checks the result. */
    Command.Result attempt(String input, String... arguments) {
        List<String> command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        return Command.run(command, input);
    }

    String apply(String yaml) {
        return attempt(yaml, "apply", "-f", "-").orFail();
    }

    /** Deletes the objects in the text, if they exist, and waits until they are gone. */
    void delete(String yaml) {
        attempt(yaml, "delete", "--ignore-not-found", "--timeout=60s", "-f", "-")
                .orFail();
    }

    /** The value of a JSON path; empty if there is no such object or field. */
    String field(Subject subject, String jsonPath) {
        return attempt(
                        "",
                        "get",
                        subject.kind(),
                        subject.name(),
                        "-n",
                        subject.namespace(),
                        "--ignore-not-found",
                        "-o",
                        "jsonpath=" + jsonPath)
                .orFail();
    }

    boolean exists(Subject subject) {
        return !field(subject, "{.metadata.uid}").isEmpty();
    }

    Condition ready(Subject subject) {
        return condition(subject, "Ready");
    }

    Condition condition(Subject subject, String type) {
        String path =
                "{range .status.conditions[?(@.type=='" + type + "')]}{.status}{'\\t'}{.reason}{'\\t'}{.message}{end}";
        String[] parts = field(subject, path).split("\t", 3);
        return parts.length == 3 ? new Condition(parts[0], parts[1], parts[2]) : new Condition("", "", "");
    }

    Condition awaitReady(Subject subject) {
        return awaitReady(subject, "Ready=True", Condition::isTrue);
    }

    Condition awaitReady(Subject subject, String wanted, Predicate<Condition> test) {
        return await(subject, wanted, () -> ready(subject), test);
    }

    /** Ready=False with this reason and a message that contains these texts. */
    Condition awaitNotReady(Subject subject, String reason, String... texts) {
        return awaitReady(
                subject,
                "Ready=False, reason " + reason + ", message with " + List.of(texts),
                condition -> "False".equals(condition.status())
                        && reason.equals(condition.reason())
                        && List.of(texts).stream().allMatch(condition.message()::contains));
    }

    void awaitGone(Subject subject) {
        boolean gone = await(subject, "to be gone", () -> !exists(subject), Boolean::booleanValue);
        assert gone;
    }

    /**
     * Waits until the log of a Deployment contains this. kubectl reads one of its Pods; after a rollout, perhaps the
     * old one.
     */
    void awaitLog(Subject deployment, String text) {
        await(
                deployment,
                "the log to say " + text,
                () -> attempt("", "logs", "-n", deployment.namespace(), "deployment/" + deployment.name(), "--tail=-1")
                        .output(),
                log -> log.contains(text));
    }

    /** The Events about an object, one line each: type, reason and message, oldest first. */
    List<String> events(Subject subject) {
        return run(
                        "get",
                        "events",
                        "-n",
                        subject.namespace(),
                        "--field-selector=involvedObject.name=" + subject.name(),
                        "--sort-by=.metadata.creationTimestamp",
                        "-o",
                        "jsonpath={range .items[*]}{.type} {.reason} {.message}{'\\n'}{end}")
                .lines()
                .toList();
    }

    /** Polls until the value is as expected; the failure shows the last value, the object and the controller's log. */
    <T> T await(Subject subject, String wanted, Supplier<T> value, Predicate<T> test) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            T now = value.get();
            if (test.test(now)) {
                return now;
            }
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(subject + ": waited " + LIMIT.toSeconds() + " s for " + wanted
                        + "\nlast seen: " + now + "\n" + evidence(subject));
            }
            pause();
        }
    }

    private String evidence(Subject subject) {
        return attempt("", "describe", subject.kind(), subject.name(), "-n", subject.namespace())
                        .output()
                + "\ncontroller:\n"
                + attempt("", "logs", "-n", "mcp-system", "deployment/mcp-gateway-controller", "--tail=15")
                        .output();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
