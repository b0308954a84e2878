package io.mcpgateway.e2e.cluster;

import java.util.List;

/** The Pods of a cluster that are not ready, each with the end of its log, which usually has the reason. */
final class UnreadyPods {
    private static final String ROWS = "jsonpath={range .items[?(@.status.phase!='Succeeded')]}"
            + "{.metadata.namespace}{'\\t'}{.metadata.name}{'\\t'}"
            + "{.status.conditions[?(@.type=='Ready')].status}{'\\n'}{end}";

    /** One Pod. */
    record Name(String namespace, String pod) {}

    private UnreadyPods() {}

    /** The names in a table of namespace, name and readiness, separated by tabs. */
    static List<Name> names(String table) {
        return table.lines()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells.length == 3 && !cells[2].equals("True"))
                .map(cells -> new Name(cells[0], cells[1]))
                .toList();
    }

    /** The ends of their logs; empty if all are ready. Never fails. */
    static String lastWords(Kubectl kubectl) {
        StringBuilder text = new StringBuilder();
        for (Name name :
                names(kubectl.attempt("", "get", "pods", "-A", "-o", ROWS).output())) {
            String log = log(kubectl, name);
            text.append("\nPod ")
                    .append(name.namespace())
                    .append('/')
                    .append(name.pod())
                    .append(" is not ready; its log ends with:\n");
            text.append(log.isBlank() ? "(nothing)" : log.strip().indent(4));
        }
        return text.toString();
    }

    /** The log of the previous run, if there was one, because a crashing Pod has often not logged anything since. */
    private static String log(Kubectl kubectl, Name name) {
        Command.Result before = kubectl.attempt(
                "", "logs", "-n", name.namespace(), name.pod(), "--all-containers", "--previous", "--tail=15");
        return before.succeeded() && !before.output().isBlank()
                ? before.output()
                : kubectl.attempt("", "logs", "-n", name.namespace(), name.pod(), "--all-containers", "--tail=15")
                        .output();
    }
}
