package io.grpc;

/** Stands for the gRPC types that the controller must not know; they are not even on its classpath. */
public final class KnownBadChannel {
    public String name() {
        return "channel";
    }
}
