package io.mcpgateway.broker.bridge;

import java.util.Optional;

/**
 * Which question of which call a reply is for; a client sees it signed, with its session, so it need not be secret.
 *
 * @param replica the mailbox of the process that waits
 * @param call unique among the calls of that process
 * @param number of the question within the call, all rounds together
 */
record QuestionId(String replica, long call, int number) {
    String text() {
        return replica + "/" + call + "/" + number;
    }

    static Optional<QuestionId> of(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            return Optional.of(new QuestionId(parts[0], Long.parseLong(parts[1]), Integer.parseInt(parts[2])));
        } catch (NumberFormatException notOurs) {
            return Optional.empty();
        }
    }
}
