package io.mcpgateway.broker.network;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Objects;
import java.util.Optional;

/** A host and port to listen on, as in {@code 0.0.0.0:8080}, {@code :8080} or {@code [::1]:8080}. */
public record Address(String host, int port) {
    public Address {
        Objects.requireNonNull(host, "host");
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port " + port + " is not between 0 and 65535");
        }
    }

    /** Empty if the text is not of the form {@code host:port}. */
    public static Optional<Address> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Address(host.isEmpty() ? "0.0.0.0" : host, Integer.parseInt(text.substring(colon + 1))));
        } catch (IllegalArgumentException notAPort) {
            return Optional.empty();
        }
    }

    public InetSocketAddress toSocketAddress() {
        return new InetSocketAddress(host, port);
    }

    /** How a client on this machine reaches a listener on this address. */
    public Address fromHere() {
        return switch (host) {
            case "0.0.0.0" -> new Address("127.0.0.1", port);
            case "::" -> new Address("::1", port);
            default -> this;
        };
    }

    /** How others reach a listener on this address: by what this machine calls itself, if it listens on all addresses. */
    public Address fromElsewhere() {
        if (!host.equals("0.0.0.0") && !host.equals("::")) {
            return this;
        }
        try {
            return new Address(InetAddress.getLocalHost().getHostAddress(), port);
        } catch (UnknownHostException nameless) {
            return fromHere();
        }
    }

    /** Whether everyone who reaches a listener on this address reaches one on the other too, as far as the hosts tell. */
    public boolean isNoWiderThan(Address other) {
        return isLoopback() || host.equals(other.host) || other.host.equals("0.0.0.0") || other.host.equals("::");
    }

    private boolean isLoopback() {
        return host.equals("localhost") || host.equals("::1") || host.matches("127(\\.\\d{1,3}){3}");
    }

    /** {@code host:port}, brackets around an IPv6 host. */
    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
