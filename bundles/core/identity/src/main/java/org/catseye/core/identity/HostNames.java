package org.catseye.core.identity;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** The names and addresses at which browsers can reach this host. Determined from the machine itself, never with DNS queries. */
final class HostNames {

    private HostNames() {
    }

    /** The host name according to the kernel. */
    static String readHostName() {
        try {
            String name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            return name.matches("[A-Za-z0-9][A-Za-z0-9.-]{0,62}") ? name.toLowerCase(Locale.ROOT) : "catseye";
        } catch (IOException e) {
            return "catseye";
        }
    }

    /** {@code localhost}, the host's name (also as {@code .local}, for mDNS) and the addresses of all interfaces that are up. */
    static SortedSet<AlternativeName> listNames() {
        SortedSet<AlternativeName> names = new TreeSet<>();
        String host = readHostName();
        names.add(new AlternativeName("localhost", false));
        names.add(new AlternativeName(host, false));
        names.add(new AlternativeName(host.replaceFirst("\\..*", "") + ".local", false));
        try {
            for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (network.isUp()) {
                    Collections.list(network.getInetAddresses())
                            .forEach(address -> names.add(new AlternativeName(formatAddress(address), true)));
                }
            }
        } catch (SocketException e) {
            names.add(new AlternativeName("127.0.0.1", true));
        }
        return names;
    }

    /** Removes the interface name at the end of a link-local address. */
    private static String formatAddress(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return address instanceof Inet6Address && scope > 0 ? text.substring(0, scope) : text;
    }
}
