package io.mcpgateway.broker;

import java.util.List;

/** Why the process could not start: one line per problem, each naming the flag, file or address and the fix. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    StartFailure(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    List<String> problems() {
        return problems;
    }
}
