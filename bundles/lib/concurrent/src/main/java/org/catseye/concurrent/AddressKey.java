package org.catseye.concurrent;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The key by which limits count a network address: for IPv6 the /64, because a single machine usually has all of it. */
public final class AddressKey {

    private static final Pattern LITERAL = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int MAX_CHARS = 45;
    private static final int PREFIX_BYTES = 8;

    private AddressKey() {
    }

    /** @param address an IP address in text; any other text is its own key, cut to a bounded length. Never queries a name server. */
    public static String fromAddress(String address) {
        int zone = address.indexOf('%');
        String plain = (zone < 0 ? address : address.substring(0, zone)).replace("[", "").replace("]", "");
        if (plain.length() > MAX_CHARS || !LITERAL.matcher(plain).matches()) {
            return plain.length() > MAX_CHARS ? plain.substring(0, MAX_CHARS) : plain;
        }
        try {
            InetAddress parsed = InetAddress.getByName(plain);
            if (parsed instanceof Inet6Address) {
                return HexFormat.of().formatHex(parsed.getAddress(), 0, PREFIX_BYTES) + "/64";
            }
            return parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return plain;
        }
    }
}
