package org.catseye.core.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What counts as one address: for IPv6 the /64, since a single machine has all of it to itself. */
final class AddressKey {

    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private AddressKey() {
    }

    /** @param address an IP address in text; anything else is one address of its own. Asks no name server. */
    static String of(String address) {
        int zone = address.indexOf('%');
        String plain = (zone < 0 ? address : address.substring(0, zone)).replace("[", "").replace("]", "");
        if (plain.length() > 45 || !LITERAL.matcher(plain).matches()) {
            return plain.length() > 45 ? plain.substring(0, 45) : plain;
        }
        try {
            InetAddress parsed = InetAddress.getByName(plain);
            if (parsed instanceof Inet6Address) {
                return HexFormat.of().formatHex(parsed.getAddress(), 0, 8) + "/64";
            }
            return parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return plain;
        }
    }
}
