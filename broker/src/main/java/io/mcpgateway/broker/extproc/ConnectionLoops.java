package io.mcpgateway.broker.extproc;

import io.grpc.Attributes;
import io.grpc.ServerCall;
import io.grpc.ServerTransportFilter;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.IoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.Executor;

/** The server's event loops, and for each call the one that its connection belongs to. */
final class ConnectionLoops {
    private static final Attributes.Key<Executor> OF_CONNECTION = Attributes.Key.create("event loop of the connection");

    private final IoEventLoopGroup accepting = loops(1, "ext-proc-accept");
    private final IoEventLoopGroup loops = loops(0, "ext-proc-loop");

    /** Where a call's replies are written; at once and on the caller's thread if the connection is not ours. */
    static Executor of(ServerCall<?, ?> call) {
        Executor loop = call.getAttributes().get(OF_CONNECTION);
        return loop == null ? Runnable::run : loop;
    }

    /** Lets the server run on these loops. */
    void serve(NettyServerBuilder server) {
        server.bossEventLoopGroup(accepting)
                .workerEventLoopGroup(loops)
                .channelType(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .addTransportFilter(new Connections());
    }

    /** Ends the threads; the server has to be stopped. */
    void close() {
        var _ = accepting.shutdownGracefully();
        var _ = loops.shutdownGracefully();
    }

    /** @param threads 0 for as many as Netty thinks fit for this machine */
    private static IoEventLoopGroup loops(int threads, String name) {
        IoHandlerFactory handlers = Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), handlers);
    }

    private final class Connections extends ServerTransportFilter {
        @Override
        public Attributes transportReady(Attributes connection) {
            for (EventExecutor loop : loops) {
                if (loop.inEventLoop()) {
                    return connection.toBuilder().set(OF_CONNECTION, loop).build();
                }
            }
            return connection;
        }
    }
}
