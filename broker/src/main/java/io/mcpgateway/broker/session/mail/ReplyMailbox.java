package io.mcpgateway.broker.session.mail;

import io.mcpgateway.broker.session.SessionStore;
import io.mcpgateway.broker.session.SessionStoreException;
import java.util.List;

/**
 * How one process of the gateway hears of what reached another one: the reply to a question that it asked, the
 * cancellation of a call that it makes. Implementations are thread-safe and bounded. A letter may be lost, and is, if
 * nobody collects it within a minute; it never reaches another address.
 *
 * @see SessionStore which is shared in the same way
 */
public interface ReplyMailbox {
    /** The longest letter, in characters: more than a client's message may have. */
    int MAX_LETTER = 6 * 1024 * 1024;

    /** The longest announcement, in characters: all processes read it. */
    int MAX_ANNOUNCEMENT = 4096;

    /** Under which others leave what is for this process; unguessable, and new with each start. */
    String address();

    /**
     * Leaves a letter for one process.
     *
     * @return whether it was left; false if the letter is too long, or the other's box is full or unknown
     * @throws SessionStoreException if that cannot be done now
     */
    boolean leave(String address, String letter);

    /**
     * Leaves a letter for every process that shares the store, except this one; nothing if it is too long.
     *
     * @throws SessionStoreException if that cannot be done now
     */
    void announce(String letter);

    /**
     * What was left for this process since the last time, or since it began, each letter once; for one thread only.
     *
     * @throws SessionStoreException if that cannot be found out now
     */
    List<String> collect();

    /** Whether there may be other processes: if not, nothing has to be collected. */
    default boolean shared() {
        return true;
    }
}
