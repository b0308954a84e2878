package io.mcpgateway.controller.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/**
 * One run of a command.
 *
 * @param exit its exit code
 * @param out what it printed
 * @param err what it said on standard error
 */
public record CommandRun(int exit, String out, String err) {
    public static CommandRun of(Object command, String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(line);
        return new CommandRun(exit, out.toString(), err.toString());
    }
}
