package io.mcpgateway.controller.doctor.network;

import java.util.OptionalLong;

/** Blocks of IPv4 addresses. Of others, nothing is known. */
final class AddressBlock {
    private static final int BITS = 32;
    private static final int OCTETS = 4;
    private static final int LARGEST = 255;

    private AddressBlock() {}

    /** Whether an address is in a block, or may be. */
    static boolean has(String block, String address) {
        return !isReadable(block, address) || hasSurely(block, address);
    }

    /** Whether it is known to be in it. */
    static boolean hasSurely(String block, String address) {
        if (!isReadable(block, address)) {
            return false;
        }
        int slash = block.indexOf('/');
        int length = Integer.parseInt(block.substring(slash + 1));
        long mask = length == 0 ? 0 : -1L << (BITS - length);
        return (number(block.substring(0, slash)).orElseThrow() & mask)
                == (number(address).orElseThrow() & mask);
    }

    private static boolean isReadable(String block, String address) {
        return block.matches("[0-9.]+/([0-9]|[12][0-9]|3[0-2])")
                && number(block.substring(0, block.indexOf('/'))).isPresent()
                && number(address).isPresent();
    }

    private static OptionalLong number(String address) {
        String[] octets = address.split("\\.", -1);
        if (octets.length != OCTETS) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (String octet : octets) {
            if (!octet.matches("[0-9]{1,3}") || Integer.parseInt(octet) > LARGEST) {
                return OptionalLong.empty();
            }
            number = number << Byte.SIZE | Integer.parseInt(octet);
        }
        return OptionalLong.of(number);
    }
}
