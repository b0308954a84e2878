package io.mcpgateway.broker.bridge;

import io.mcpgateway.broker.json.RawJson;
import io.mcpgateway.broker.mcp.JsonRpcId;
import io.mcpgateway.broker.session.GatewaySessionId;
import io.mcpgateway.broker.session.SessionStoreException;
import io.mcpgateway.broker.session.mail.ReplyMailbox;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls that this process makes for clients, and how word reaches them that arrives here or at another replica. The
 * mailbox is looked into only while there is a call.
 */
final class CallsInProgress implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CallsInProgress.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(2);

    /** What can happen to a call. */
    interface Waiting {
        GatewaySessionId session();

        /** The client's ID of it. */
        JsonRpcId id();

        /** A reply to one of its questions; whether it waits for that one. */
        boolean replied(int number, RawJson reply);

        void cancel();
    }

    private final ReplyMailbox mailbox;
    /** As many as the limits of calls allow. */
    private final ConcurrentMap<Long, Waiting> calls = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition begun = lock.newCondition();
    private final Thread reader = Thread.ofVirtual().name("bridge-mail").unstarted(this::read);

    CallsInProgress(ReplyMailbox mailbox) {
        this.mailbox = mailbox;
    }

    void start() {
        reader.start();
    }

    @Override
    public void close() {
        reader.interrupt();
        calls.values().forEach(Waiting::cancel);
    }

    String replica() {
        return mailbox.address();
    }

    /** @param number unique in this process */
    void begin(long number, Waiting call) {
        calls.put(number, call);
        lock.lock();
        try {
            begun.signal();
        } finally {
            lock.unlock();
        }
    }

    void end(long number) {
        calls.remove(number);
    }

    /**
     * Brings a reply to the call that waits for it.
     *
     * @return false if nobody does
     * @throws SessionStoreException if another replica does and cannot be told
     */
    boolean reply(QuestionId question, RawJson reply) {
        return question.replica().equals(mailbox.address())
                ? replied(question, reply)
                : mailbox.leave(question.replica(), new Letter.Reply(question, reply).text());
    }

    /** Cancels a call, wherever it is made. */
    void cancel(GatewaySessionId session, JsonRpcId id) {
        if (!cancelHere(call -> call.session().equals(session) && call.id().equals(id))) {
            announce(new Letter.Cancelled(session, id));
        }
    }

    /** Cancels all calls of a session, wherever they are made. */
    void end(GatewaySessionId session) {
        cancelHere(call -> call.session().equals(session));
        announce(new Letter.Ended(session));
    }

    private void announce(Letter letter) {
        if (!mailbox.shared()) {
            return;
        }
        try {
            mailbox.announce(letter.text());
        } catch (SessionStoreException unavailable) {
            log.info("other replicas were not told of a cancelled call: {}", unavailable.getMessage());
        }
    }

    private boolean replied(QuestionId question, RawJson reply) {
        Waiting call = calls.get(question.call());
        return call != null && call.replied(question.number(), reply);
    }

    private boolean cancelHere(Predicate<Waiting> concerned) {
        boolean found = false;
        for (Waiting call : calls.values()) {
            if (concerned.test(call)) {
                call.cancel();
                found = true;
            }
        }
        return found;
    }

    private void read() {
        try {
            while (true) {
                awaitCall();
                Thread.sleep(look());
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitCall() throws InterruptedException {
        lock.lock();
        try {
            while (calls.isEmpty() || !mailbox.shared()) {
                begun.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private Duration look() {
        try {
            mailbox.collect().forEach(text -> Letter.of(text).ifPresent(this::take));
            return BETWEEN_LOOKS;
        } catch (SessionStoreException unavailable) {
            log.info("replies to other replicas cannot be read: {}", unavailable.getMessage());
            return AFTER_FAILURE;
        } catch (RuntimeException bug) {
            log.error("a letter of another replica could not be read", bug);
            return AFTER_FAILURE;
        }
    }

    private void take(Letter letter) {
        switch (letter) {
            case Letter.Reply(QuestionId question, RawJson reply) -> {
                if (!replied(question, reply)) {
                    log.debug("reply to a call that is over");
                }
            }
            case Letter.Cancelled(GatewaySessionId session, JsonRpcId id) ->
                cancelHere(call -> call.session().equals(session) && call.id().equals(id));
            case Letter.Ended(GatewaySessionId session) ->
                cancelHere(call -> call.session().equals(session));
        }
    }
}
