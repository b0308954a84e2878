package io.mcpgateway.e2e.guide;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One command of the guide, or one of its statements.
 *
 * @param about its purpose, in our words
 * @param command the lines, with shell variables instead of the guide's placeholders
 * @param once whether the command changes something, so it is not repeated
 * @param then lines after the command; their output is added to its output
 * @param healthy its output on a healthy system; empty if that needs something that the bed does not have
 * @param broken its output in a failure; empty if it does not reveal one
 * @param reason why one of the two is empty
 */
record Check(
        String id,
        String about,
        String command,
        boolean once,
        String then,
        Optional<Expectation> healthy,
        Optional<Broken> broken,
        String reason) {
    /** The failure in which it runs, and its expected output there. */
    record Broken(String scene, Expectation expected) {}

    static Check of(JsonNode node) {
        JsonNode broken = node.path("broken");
        return new Check(
                node.path("id").asText(),
                node.path("about").asText(),
                node.path("command").asText().strip(),
                node.path("once").asBoolean(),
                node.path("then").asText().strip(),
                node.has("healthy") ? Optional.of(Expectation.of(node.path("healthy"))) : Optional.empty(),
                broken.isObject()
                        ? Optional.of(new Broken(broken.path("scene").asText(), Expectation.of(broken)))
                        : Optional.empty(),
                node.path("reason").asText());
    }

    void runHealthy(Shell shell) {
        healthy.ifPresent(expected -> run(shell, expected));
    }

    void runBroken(Shell shell) {
        broken.ifPresent(failure -> run(shell, failure.expected()));
    }

    private void run(Shell shell, Expectation expected) {
        if (once) {
            shell.must(command);
            shell.await(then, expected);
        } else {
            shell.await(command + "\n" + then, expected);
        }
    }
}
