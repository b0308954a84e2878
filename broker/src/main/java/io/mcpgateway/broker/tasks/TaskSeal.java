package io.mcpgateway.broker.tasks;

import io.mcpgateway.broker.catalog.CallAuthorization;
import io.mcpgateway.broker.requeststate.RequestStates;
import io.mcpgateway.broker.requeststate.StateBinding;
import io.mcpgateway.broker.requeststate.StateReader;
import io.mcpgateway.broker.session.CallerBinding;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * For whom the IDs of a server's tasks are good. A server that gets the caller's own credential can tell callers apart
 * itself; for all others an ID only works for the caller who got it.
 *
 * @param binding what an ID is sealed with; the same task of the same caller always has the same ID
 */
public record TaskSeal(StateBinding binding) {
    /** A task lasts as long as its server keeps it. */
    private static final Instant NO_END = Instant.MAX;

    private static final TaskSeal ANYBODY = new TaskSeal(StateBinding.ofTask(CallerBinding.ANONYMOUS));

    public TaskSeal {
        Objects.requireNonNull(binding, "binding");
    }

    /** For tasks of this caller at a server that gets this credential. */
    public static TaskSeal of(CallAuthorization authorization, CallerBinding caller) {
        return authorization instanceof CallAuthorization.Forward ? ANYBODY : new TaskSeal(StateBinding.ofTask(caller));
    }

    /** The ID as the client gets it. */
    public String seal(RequestStates states, ServerTask task) {
        return states.seal(binding, task.text(), NO_END);
    }

    /** What a client's ID stands for; empty if it was not sealed like this. */
    Optional<ServerTask> open(StateReader states, String id) {
        return states.open(binding, id).flatMap(ServerTask::read);
    }

    /** Every seal that an ID of this caller may have, depending on its server. */
    static List<TaskSeal> possible(CallerBinding caller) {
        return List.of(new TaskSeal(StateBinding.ofTask(caller)), ANYBODY);
    }
}
