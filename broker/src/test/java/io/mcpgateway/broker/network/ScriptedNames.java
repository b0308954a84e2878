package io.mcpgateway.broker.network;

import io.mcpgateway.broker.client.HttpLimits;
import io.mcpgateway.broker.client.InitializeParams;
import io.mcpgateway.broker.client.McpHttpClient;
import io.mcpgateway.broker.client.McpTarget;
import io.mcpgateway.broker.client.OpenOutcome;
import io.mcpgateway.broker.transport.ServerTransport;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A process in which a few names lead where a hostile name server could lead them, behind the guard as it is. */
public final class ScriptedNames extends InetAddressResolverProvider {
    /** Tries one server and says what came of it. */
    public static void main(String[] line) throws Exception {
        NameGuard.process().follow(new AddressRule(Boolean.parseBoolean(line[1])));
        URI url = URI.create(line[0]);
        if (url.getHost().startsWith("rebound")) {
            System.out.println("first: " + InetAddress.getByName(url.getHost()));
        }
        try (McpHttpClient client = new McpHttpClient()) {
            McpTarget target = new McpTarget(url, Map::of, HttpLimits.DEFAULT);
            OpenOutcome outcome = client.open(target, InitializeParams.latest("test"), _ -> {});
            System.out.println("outcome: "
                    + (outcome instanceof OpenOutcome.NotOpened(var failure) ? failure.message() : outcome));
        }
        System.out.println("transport: " + throughTransport(url));
    }

    private static String throughTransport(URI url) throws Exception {
        try (ServerTransport transport = new ServerTransport(Duration.ofSeconds(5), 1)) {
            transport.call("GET", url, Map.of(), Optional.empty()).send().close();
            return "answered";
        } catch (UnknownHostException unknown) {
            return "unknown host";
        } catch (ConnectException refused) {
            return "connection refused";
        }
    }

    @Override
    public InetAddressResolver get(Configuration configuration) {
        java.security.Security.setProperty("networkaddress.cache.ttl", "0");
        return new GuardedNames.Guarded(new Script(new AtomicInteger()), NameGuard.process());
    }

    @Override
    public String name() {
        return "scripted";
    }

    private record Script(AtomicInteger lookups) implements InetAddressResolver {
        @Override
        public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) throws UnknownHostException {
            return switch (host) {
                case "sensitive.example" -> addresses("169.254.169.254");
                case "mapped.example" -> addresses("64:ff9b::a9fe:a9fe", "::ffff:100.100.100.200");
                case "rebound.example" -> addresses(lookups.getAndIncrement() == 0 ? "127.0.0.1" : "169.254.169.254");
                case "both.example" -> addresses("169.254.169.254", "127.0.0.1");
                case "harmless.example", "loopback.example" -> addresses("127.0.0.1");
                default -> throw new UnknownHostException(host);
            };
        }

        private static Stream<InetAddress> addresses(String... literals) {
            return Stream.of(literals).map(InetAddress::ofLiteral);
        }

        @Override
        public String lookupByAddress(byte[] address) throws UnknownHostException {
            throw new UnknownHostException();
        }
    }
}
