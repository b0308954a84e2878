package io.mcpgateway.broker.dispatch;

import io.mcpgateway.broker.answer.ResponseDecision;
import io.mcpgateway.broker.answer.ServerAnswer;
import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.router.CallMetadata;
import io.mcpgateway.broker.router.HeaderEdits;
import io.mcpgateway.broker.router.RequestHead;
import io.mcpgateway.broker.router.RouteDecision;
import io.mcpgateway.broker.sse.MessageEdit;
import java.util.Map;

/** What both adapters call. {@code begin*} never block; {@code finish} may, so it belongs on a virtual thread. */
public interface RequestDispatcher {
    /**
     * What to change of a request whose body is not there yet, for adapters that must pass the head on before the
     * body comes: pinned to the public host, internal headers gone. Decides nothing; {@link #begin} gets the original
     * head.
     */
    default HeaderEdits beforeBody(RequestHead head) {
        return HeaderEdits.NONE;
    }

    /**
     * Headers of the answer, whatever it is, if a web page asks that may: they let it read the answer. Names in lower
     * case.
     */
    default Map<String, String> answerHeaders(RequestHead head) {
        return Map.of();
    }

    RouteDecision.Complete beginWithoutBody(RequestHead head);

    /** Either {@link RouteDecision.Complete}, or {@link RouteDecision.Pending}, for {@link #finish}. */
    RouteDecision begin(RequestHead head, RawJson body);

    /** Obtains the server session (for a call: creating it, if need be) and concludes. Blocking, bounded by the init timeout. */
    RouteDecision.Complete finish(RouteDecision.Pending pending);

    /**
     * Call this for every response to a forwarded message, or at least for those in {@code WatchedAnswers}: records
     * what it says about the session at the server, and returns what the client gets. Does not block for long.
     */
    default ResponseDecision serverAnswered(CallMetadata call, ServerAnswer answer) {
        return ResponseDecision.PASS_ON;
    }

    /**
     * The same of an answer to a message that did not carry the caller's own token, where the server itself gave the
     * answer, and no policy on the way.
     */
    default ResponseDecision serverAnsweredNotAsCaller(CallMetadata call, ServerAnswer answer) {
        return serverAnswered(call, answer);
    }

    /** What the client gets when the call took longer than it may, and the server had not begun to answer. */
    default ResponseDecision timedOut(CallMetadata call) {
        return ResponseDecision.PASS_ON;
    }

    /** An adapter that carries calls itself calls this for each {@link RouteDecision.Forward} when it is over. */
    default void ended(CallMetadata call) {}

    /** A {@link RouteDecision.Forward} of this call is not carried out after all, because a dispatcher further out refuses it. */
    default void withdrawn(CallMetadata call) {}

    /** An adapter that cannot let a decision be finished calls this instead of {@link #finish}; the client gets this status. */
    default void abandoned(RouteDecision.Pending pending, int status) {}

    /** What to change of the messages in the answer to a forwarded message, if it has to be read. */
    default MessageEdit answerEdit(CallMetadata call) {
        return MessageEdit.NONE;
    }
}
