package io.mcpgateway.api.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerAddressesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.254.0.1",
                "169.254.169.254",
                "169.254.255.255",
                "169.254.43518",
                "2852039166",
                "0xa9fea9fe",
                "0xA9.254.0251.0xfe",
                "0251.0376.0251.0376",
                "100.100.100.200",
                "168.63.129.16",
                "192.0.0.192",
                "fe80::1",
                "[fe80::1]",
                "febf::1",
                "fd00:ec2::254",
                "FD00:0EC2::254",
                "[fd20:ce::254]",
                "::ffff:169.254.169.254",
                "[::ffff:a9fe:a9fe]",
                "::169.254.169.254",
                "64:ff9b::a9fe:a9fe",
                "64:ff9b::100.100.100.200",
                "2002:a9fe:a9fe::1",
                "metadata.google.internal",
                "Metadata.Google.Internal.",
                "metadata",
            })
    void addressesThatGiveAMachineAwayAreSensitive(String host) {
        assertThat(ServerAddresses.isSensitive(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "169.253.255.255",
                "169.255.0.0",
                "10.0.0.1",
                "127.0.0.1",
                "100.100.100.201",
                "8.8.8.8",
                "fd00:ec2::253",
                "fec0::1",
                "2001:db8::a9fe:a9fe",
                "2002:808:808::1",
                "64:ff9b::8.8.8.8",
                "::1",
                "server1.mcp.svc.cluster.local",
                "metadata.example.com",
                "169.254.169.254.example.com",
                "",
            })
    void othersAreNot(String host) {
        assertThat(ServerAddresses.isSensitive(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"169.254.169.254", "fe80::1", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::1", "fd00:ec2::254"})
    void aResolvedAddressIsJudgedLikeAWrittenOne(String address) {
        assertThat(ServerAddresses.isSensitive(InetAddress.ofLiteral(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST.",
                "a.localhost",
                "127.0.0.1",
                "127.9.9.9",
                "127.1",
                "0.0.0.0",
                "0",
                "[::1]",
                "::",
                "0x7f000001",
                "::ffff:127.0.0.1",
            })
    void loopbackIsOnesOwnMachine(String host) {
        assertThat(ServerAddresses.isOwnMachine(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.1", "localhost.example.com", "mylocalhost", "128.0.0.1", "::2"})
    void otherHostsAreNot(String host) {
        assertThat(ServerAddresses.isOwnMachine(host)).isFalse();
    }
}
