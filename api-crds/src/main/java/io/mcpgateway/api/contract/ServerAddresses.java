package io.mcpgateway.api.contract;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Addresses at which no MCP server is expected and which reveal a machine's identity to anyone who can send a request:
 * link-local addresses (169.254.0.0/16, fe80::/10) and those of clouds' metadata services, including IPv4 addresses
 * inside IPv6 addresses (mapped, compatible, NAT64, 6to4).
 */
public final class ServerAddresses {
    /** Metadata services outside of the link-local range: AWS, GCP (IPv6); Alibaba, Azure, Oracle (IPv4). */
    private static final Set<String> METADATA = Set.of(
            "fd000ec2000000000000000000000254", "fd2000ce000000000000000000000254", "646464c8", "a83f8110", "c00000c0");

    /** Names of metadata services, which only the machine's own resolver can resolve. */
    private static final Set<String> METADATA_NAMES = Set.of(
            "metadata", "metadata.google.internal", "metadata.goog", "instance-data", "instance-data.ec2.internal");

    private static final HexFormat HEX = HexFormat.of();
    private static final int IPV6_BYTES = 16;

    private ServerAddresses() {}

    /** Whether an address is link-local or belongs to a metadata service. */
    public static boolean isSensitive(InetAddress address) {
        return address.isLinkLocalAddress()
                || METADATA.contains(HEX.formatHex(address.getAddress()))
                || (address instanceof Inet6Address
                        && embedded(address.getAddress())
                                .filter(ServerAddresses::isSensitive)
                                .isPresent());
    }

    /**
     * Whether a host is such an address, or the name of a metadata service. A name is not resolved.
     *
     * @param host as in a URL; an IPv6 address with or without brackets
     */
    public static boolean isSensitive(String host) {
        return METADATA_NAMES.contains(name(host))
                || literal(host).filter(ServerAddresses::isSensitive).isPresent();
    }

    /** Whether a host is the machine that connects: loopback or the unspecified address. */
    public static boolean isOwnMachine(String host) {
        String name = name(host);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || literal(host)
                        .filter(address -> address.isLoopbackAddress() || address.isAnyLocalAddress())
                        .isPresent();
    }

    private static String name(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    /** The address, if the host is an address in any notation that a connection would accept. */
    private static Optional<InetAddress> literal(String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(InetAddress.ofLiteral(bare));
        } catch (IllegalArgumentException aName) {
            return posixLiteral(bare);
        }
    }

    /** Octal and hexadecimal parts, which resolvers other than Java's accept: 0xa9fea9fe, 0251.0376.0251.0376. */
    private static Optional<InetAddress> posixLiteral(String host) {
        try {
            return Optional.of(Inet4Address.ofPosixLiteral(host));
        } catch (IllegalArgumentException aName) {
            return Optional.empty();
        }
    }

    /** The IPv4 address in the last four bytes, or after the 6to4 prefix. Java unpacks mapped addresses itself. */
    private static Optional<InetAddress> embedded(byte[] address) {
        if (address.length != IPV6_BYTES) {
            return Optional.empty();
        }
        String text = HEX.formatHex(address);
        if (text.startsWith("2002")) {
            return Optional.of(ipv4(address, 2));
        }
        boolean carriesOne = text.startsWith("0064ff9b") || text.startsWith("0".repeat(24));
        return carriesOne ? Optional.of(ipv4(address, IPV6_BYTES - 4)) : Optional.empty();
    }

    private static InetAddress ipv4(byte[] bytes, int from) {
        try {
            return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + 4));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("four bytes are an address", impossible);
        }
    }
}
