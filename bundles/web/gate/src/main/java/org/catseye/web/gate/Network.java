package org.catseye.web.gate;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of IP addresses: all that share the first {@code bits} bits. Asks no name server, whatever it is given.
 *
 * @param bits 0 to 32, or to 128 for IPv6
 */
record Network(InetAddress address, int bits) {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("(?=[^:]*:[^:]*:)[0-9a-f:]{2,39}|[0-9a-f:]{2,30}:[0-9.]{7,15}");

    /** Such as {@code 192.0.2.1}, {@code 10.0.0.0/8}, {@code 2001:db8::/32}. */
    static Optional<Network> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        int most = address.get().getAddress().length * 8;
        String bits = slash < 0 ? Integer.toString(most) : text.substring(slash + 1);
        return bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= most ? Optional.of(new Network(address.get(), Integer.parseInt(bits))) : Optional.empty();
    }

    /** An address by number and nothing else; IPv4 within IPv6 ({@code ::ffff:192.0.2.1}) is IPv4. */
    static Optional<InetAddress> literal(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        if (!IPV4.matcher(plain).matches() && !IPV6.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(plain));
        } catch (UnknownHostException e) {
            // It looked like IPv6, and is none.
            return Optional.empty();
        }
    }

    boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit & 7);
            if (((ours[bit >> 3] ^ theirs[bit >> 3]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
