package org.catseye.web.gate.forwarded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses: all that share the first {@code bits} bits. Never asks a name server.
 *
 * @param bits 0 to 32, or to 128 for IPv6
 */
record AddressRange(InetAddress address, int bits) {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)[0-9a-f:]{2,39}|[0-9a-f:]{2,30}:[0-9.]{7,15}");

    /** Such as {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}. */
    static Optional<AddressRange> parseRange(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = parseAddress(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int maxBits = address.get().getAddress().length * 8;
        String bits = slash < 0 ? Integer.toString(maxBits) : text.substring(slash + 1);
        return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= maxBits
                ? Optional.of(new AddressRange(address.get(), Integer.parseInt(bits))) : Optional.empty();
    }

    /** A numeric address, and nothing else. IPv4 within IPv6 ({@code ::ffff:192.0.2.1}) becomes IPv4. */
    static Optional<InetAddress> parseAddress(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(plain));
        } catch (UnknownHostException e) {
            // It has the characters of IPv6 but is not an address.
            return Optional.empty();
        }
    }

    /** An address as a servlet container writes it: perhaps in brackets, perhaps with the network interface; null for a Unix socket. */
    static Optional<InetAddress> parsePeer(String peer) {
        if (peer == null) {
            return Optional.empty();
        }
        String plain = peer.startsWith("[") && peer.endsWith("]") ? peer.substring(1, peer.length() - 1) : peer;
        int zone = plain.indexOf('%');
        return parseAddress(zone < 0 ? plain : plain.substring(0, zone));
    }

    boolean containsAddress(InetAddress other) {
        byte[] prefix = address.getAddress();
        byte[] candidate = other.getAddress();
        if (prefix.length != candidate.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((prefix[bit >> 3] ^ candidate[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
