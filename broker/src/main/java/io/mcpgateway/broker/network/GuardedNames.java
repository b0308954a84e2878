package io.mcpgateway.broker.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.Objects;
import java.util.stream.Stream;

/** How this process resolves host names: as Java does by itself, less what {@link NameGuard} refuses. Found by name. */
public final class GuardedNames extends InetAddressResolverProvider {
    @Override
    public InetAddressResolver get(Configuration configuration) {
        return new Guarded(configuration.builtinResolver(), NameGuard.process());
    }

    @Override
    public String name() {
        return "mcp-gateway";
    }

    /** One resolver behind another. */
    record Guarded(InetAddressResolver builtin, NameGuard guard) implements InetAddressResolver {
        Guarded {
            Objects.requireNonNull(builtin, "builtin");
            Objects.requireNonNull(guard, "guard");
        }

        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return guard.usable(host, builtin.lookupByName(host, policy).toList()).stream();
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            return builtin.lookupByAddress(address);
        }
    }
}
