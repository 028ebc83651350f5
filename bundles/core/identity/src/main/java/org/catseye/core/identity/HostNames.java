package org.catseye.core.identity;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.catseye.core.identity.Authority.Name;

/** The names and addresses by which browsers may call this host. Asks the machine, never a name server. */
final class HostNames {

    private HostNames() {
    }

    /** The host's own name, from the kernel. */
    static String host() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}") ? name.toLowerCase(java.util.Locale.ROOT) : "catseye";
        } catch (IOException e) {
            return "catseye";
        }
    }

    /** {@code localhost}, the host's name (also as {@code .local}, for mDNS) and the addresses of all interfaces that are up. */
    static SortedSet<Name> all() {
        SortedSet<Name> names = new TreeSet<>();
        String host = host();
        names.add(new Name("localhost", false));
        names.add(new Name(host, false));
        names.add(new Name(host.replaceFirst("\\..*", "") + ".local", false));
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp()) {
                    Collections.list(network.getInetAddresses()).forEach(address -> names.add(new Name(text(address), true)));
                }
            }
        } catch (SocketException e) {
            names.add(new Name("127.0.0.1", true));
        }
        return names;
    }

    private static String text(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return address instanceof Inet6Address && scope > 0 ? text.substring(0, scope) : text;
    }
}
