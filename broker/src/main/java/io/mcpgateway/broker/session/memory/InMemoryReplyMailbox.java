package io.mcpgateway.broker.session.memory;

import io.mcpgateway.broker.session.mail.ReplyMailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Mailboxes in the memory of one process, which usually has one only. */
public final class InMemoryReplyMailbox implements ReplyMailbox {
    private static final int MAX_LETTERS = 256;

    /** What mailboxes share that can reach one another. */
    public static final class Office {
        private final ConcurrentMap<String, LinkedBlockingQueue<String>> boxes = new ConcurrentHashMap<>();

        /** A new mailbox; its address must be one of its own. */
        public InMemoryReplyMailbox open(String address) {
            LinkedBlockingQueue<String> box = new LinkedBlockingQueue<>(MAX_LETTERS);
            boxes.put(address, box);
            return new InMemoryReplyMailbox(this, address, box);
        }
    }

    private final Office office;
    private final String address;
    private final LinkedBlockingQueue<String> box;

    private InMemoryReplyMailbox(Office office, String address, LinkedBlockingQueue<String> box) {
        this.office = office;
        this.address = address;
        this.box = box;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public boolean leave(String to, String letter) {
        LinkedBlockingQueue<String> theirs = office.boxes.get(to);
        return theirs != null && letter.length() <= MAX_LETTER && theirs.offer(letter);
    }

    @Override
    public void announce(String letter) {
        if (letter.length() > MAX_ANNOUNCEMENT) {
            return;
        }
        office.boxes.forEach((to, _) -> {
            if (!to.equals(address)) {
                leave(to, letter);
            }
        });
    }

    @Override
    public List<String> collect() {
        List<String> letters = new ArrayList<>();
        box.drainTo(letters);
        return letters;
    }

    @Override
    public boolean shared() {
        return office.boxes.size() > 1;
    }
}
