package io.mcpgateway.broker;

import io.mcpgateway.broker.network.Address;
import java.io.IOException;
import java.util.List;

/** Why the process could not start: one line per problem, each naming the flag, file or address and the fix. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    StartFailure(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Something that listens from when this returns. */
    @FunctionalInterface
    interface Listening<T> {
        T start() throws IOException;
    }

    /** Starts something that listens. */
    static <T> T listening(String what, Address address, Listening<T> listening) throws StartFailure {
        try {
            return listening.start();
        } catch (IOException | IllegalStateException busy) {
            throw new StartFailure(List.of("cannot listen on " + address + " (" + what + "): " + rootMessage(busy)
                    + "; is another program using the port?"));
        }
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    List<String> problems() {
        return problems;
    }
}
