package io.mcpgateway.broker;

import io.mcpgateway.broker.network.Address;
import java.util.List;
import java.util.function.Supplier;

/** Why the process could not start: one line per problem, each naming the flag, file or address and the fix. */
final class StartFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    StartFailure(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** Starts something that listens. */
    static <T> T listening(String what, Address address, Supplier<T> start) throws StartFailure {
        try {
            return start.get();
        } catch (IllegalStateException busy) {
            throw cannotListen(what, address, busy);
        }
    }

    static StartFailure cannotListen(String what, Address address, Exception cause) {
        return new StartFailure(List.of("cannot listen on " + address + " (" + what + "): " + rootMessage(cause)
                + "; is another program using the port?"));
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
