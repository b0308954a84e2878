package io.mcpgateway.broker.extproc;

import io.grpc.ForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.mcpgateway.broker.dispatch.RequestScopes;
import java.util.Optional;

/** Has every stream of Envoy run in a scope, from its first message until it ends. */
final class ScopedStreams implements ServerInterceptor {
    private final RequestScopes scopes;

    ScopedStreams(RequestScopes scopes) {
        this.scopes = scopes;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata metadata, ServerCallHandler<Q, A> next) {
        RequestScopes.Scope scope = scopes.begin(
                name -> Optional.ofNullable(metadata.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER))));
        return new ForwardingServerCallListener.SimpleForwardingServerCallListener<>(next.startCall(call, metadata)) {
            @Override
            public void onMessage(Q message) {
                scope.within(() -> super.onMessage(message));
            }

            @Override
            public void onHalfClose() {
                scope.within(super::onHalfClose);
            }

            @Override
            public void onCancel() {
                try {
                    scope.within(super::onCancel);
                } finally {
                    scope.end();
                }
            }

            @Override
            public void onComplete() {
                try {
                    scope.within(super::onComplete);
                } finally {
                    scope.end();
                }
            }
        };
    }
}
