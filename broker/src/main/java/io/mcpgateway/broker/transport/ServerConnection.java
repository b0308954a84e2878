package io.mcpgateway.broker.transport;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.util.Timeout;

/**
 * A connection that is used again only if the server has neither closed it nor said anything unasked, by a look that
 * does not wait; the library's own look waits a millisecond. The first time that a connection to a server is used
 * again, the look lasts 20 ms, to find out whether the server closes connections without saying so; those of a server
 * that does are used once.
 *
 * <p>Its sockets are those of a {@link SocketChannel}. For one thread, as the pool has it.
 */
final class ServerConnection extends DefaultManagedHttpClientConnection {
    private static final Timeout AT_ONCE = Timeout.ofMilliseconds(1);
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);

    /** A connection that the server closes so soon was not idle for too long. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Of status line and headers, in bytes; the library limits each line and their number only. */
    private static final int MAX_HEAD = 256 * 1024;

    private final KeepingServers servers;
    private boolean looking;
    /** Whether the server has said anything to the request. */
    private boolean heard;

    private int headRoom = Integer.MAX_VALUE;
    private int responses;
    private long lastUse;

    ServerConnection(String id, Http1Config config, KeepingServers servers) {
        super(id, null, null, config, null, null, null, null);
        this.servers = servers;
    }

    /** The server closed the connection, and has not said a word to the request. */
    static final class Unanswered extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean kept;

        private Unanswered(boolean kept, IOException cause) {
            super("the server closed the " + (kept ? "kept " : "") + "connection without an answer", cause);
            this.kept = kept;
        }

        /** Whether the connection was used before, so that the server may have closed it before the request came. */
        boolean wasKept() {
            return kept;
        }
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new WatchedHolder(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        bind(new WatchedHolder(tls, socket));
    }

    @Override
    public void sendRequestHeader(ClassicHttpRequest request) throws HttpException, IOException {
        heard = false;
        try {
            super.sendRequestHeader(request);
        } catch (SocketException ended) {
            throw lost(ended);
        }
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        try {
            super.sendRequestEntity(request);
        } catch (SocketException ended) {
            throw lost(ended);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            super.flush();
        } catch (SocketException ended) {
            throw lost(ended);
        }
    }

    @Override
    public ClassicHttpResponse receiveResponseHeader() throws HttpException, IOException {
        headRoom = MAX_HEAD;
        try {
            ClassicHttpResponse response = super.receiveResponseHeader();
            responses++;
            return response;
        } catch (NoHttpResponseException | SocketException ended) {
            throw lost(ended);
        } finally {
            headRoom = Integer.MAX_VALUE;
        }
    }

    /** What to throw at the end of the connection. It says nothing of the server if we have ended it ourselves. */
    private IOException lost(IOException how) {
        boolean byUs = !isOpen() || Thread.currentThread().isInterrupted();
        if (heard || byUs) {
            return how;
        }
        boolean kept = responses > 0;
        if (kept) {
            servers.closed(getRemoteAddress());
        }
        return new Unanswered(kept, how);
    }

    /** Reading the rest of a response waits no longer than this for the next piece. */
    void waitAtMost(Duration longest) throws IOException {
        Socket socket = getSocket();
        if (socket != null) {
            socket.setSoTimeout(Math.toIntExact(longest.toMillis()));
        }
    }

    @Override
    public void passivate() {
        lastUse = System.nanoTime();
        super.passivate();
    }

    @Override
    public boolean isStale() {
        try {
            return !isOpen() || buffered() || !mayBeUsedAgain(getSocketHolder().getBaseSocket());
        } catch (IOException broken) {
            return true;
        }
    }

    /** Whether more was read than the response: whose answer that would be, nobody knows. */
    private boolean buffered() throws IOException {
        looking = true;
        try {
            return isDataAvailable(AT_ONCE);
        } finally {
            looking = false;
        }
    }

    private boolean mayBeUsedAgain(Socket socket) throws IOException {
        SocketAddress server = socket.getRemoteSocketAddress();
        Optional<Boolean> keeps = servers.keeps(server);
        if (keeps.equals(Optional.of(false))) {
            return false;
        }
        boolean known = keeps.isPresent();
        Seen seen = known ? look(socket.getChannel()) : longLook(socket);
        if (seen == Seen.END && System.nanoTime() - lastUse < SOON.toNanos()) {
            servers.closed(server);
        } else if (seen == Seen.NOTHING && !known) {
            servers.kept(server);
        }
        return seen == Seen.NOTHING;
    }

    private enum Seen {
        NOTHING,
        BYTES,
        END;

        static Seen of(int length) {
            return length < 0 ? END : length == 0 ? NOTHING : BYTES;
        }
    }

    private static Seen look(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try {
            return Seen.of(channel.read(ByteBuffer.allocate(1)));
        } catch (SocketException reset) {
            return Seen.END;
        } finally {
            channel.configureBlocking(true);
        }
    }

    private static Seen longLook(Socket socket) throws IOException {
        int before = socket.getSoTimeout();
        socket.setSoTimeout(Math.toIntExact(FIRST_LOOK.toMillis()));
        try {
            return Seen.of(socket.getInputStream().read(new byte[1]));
        } catch (SocketTimeoutException quiet) {
            return Seen.NOTHING;
        } catch (SocketException reset) {
            return Seen.END;
        } finally {
            socket.setSoTimeout(before);
        }
    }

    /**
     * While {@link #looking}, reading brings nothing, so that only what was read before is seen. While a head is read,
     * its bytes are counted.
     */
    private final class WatchedHolder extends SocketHolder {
        WatchedHolder(Socket socket) {
            super(socket);
        }

        WatchedHolder(SSLSocket tls, Socket socket) {
            super(tls, socket);
        }

        @Override
        protected InputStream getInputStream(Socket socket) throws IOException {
            return new FilterInputStream(super.getInputStream(socket)) {
                @Override
                public int read(byte[] buffer, int from, int most) throws IOException {
                    int length = looking ? 0 : super.read(buffer, from, most);
                    heard |= length > 0;
                    if (headRoom < Integer.MAX_VALUE) {
                        headRoom -= length;
                        if (headRoom < 0) {
                            throw new MessageConstraintException(
                                    "the headers of the response are larger than " + MAX_HEAD + " bytes");
                        }
                    }
                    return length;
                }
            };
        }
    }
}
