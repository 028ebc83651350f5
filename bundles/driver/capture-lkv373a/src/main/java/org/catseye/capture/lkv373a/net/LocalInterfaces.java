package org.catseye.capture.lkv373a.net;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The network interfaces of this machine that are used to receive: those with an IPv4 address, or a single one. Immutable. */
public final class LocalInterfaces {

    private static final Logger LOG = LoggerFactory.getLogger(LocalInterfaces.class);

    private final String configuredName;
    private final List<NetworkInterface> interfaces;
    private final List<Inet4Address> ownAddresses;

    /**
     * @param configuredName the only interface to use; empty for all
     * @throws IOException if there is no such interface; the message lists the existing ones
     */
    LocalInterfaces(String configuredName) throws IOException {
        this.configuredName = configuredName;
        this.interfaces = findInterfaces(configuredName);
        if (interfaces.isEmpty() && !configuredName.isEmpty()) {
            throw new IOException("the network interface " + configuredName + " does not exist or has no IPv4 address; existing interfaces: "
                + joinNames(findInterfaces("")));
        }
        this.ownAddresses = interfaces.stream().filter(each -> interfaces.size() == 1 || !isLoopback(each))
            .flatMap(NetworkInterface::inetAddresses).filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast).toList();
    }

    List<NetworkInterface> interfaces() {
        return interfaces;
    }

    /** Whether interfaces were added or removed since this was created. */
    public boolean haveChanged() throws IOException {
        return !findInterfaces(configuredName).equals(interfaces);
    }

    /** The IPv4 addresses of these interfaces; the loopback address only if there is no other interface. */
    public List<Inet4Address> ownAddresses() {
        return ownAddresses;
    }

    /** The addresses for messages, such as {@code 10.0.0.2 or 10.0.1.2}. */
    public String describeAddresses() {
        return ownAddresses.isEmpty() ? "this machine" : String.join(" or ", ownAddresses.stream().map(InetAddress::getHostAddress).toList());
    }

    /** The names of the interfaces for messages, such as {@code eth0, wlan0}. */
    public String describeNames() {
        return joinNames(interfaces);
    }

    private static List<NetworkInterface> findInterfaces(String name) throws IOException {
        List<NetworkInterface> found = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            boolean wanted = name.isEmpty() ? each.supportsMulticast() || each.isLoopback() : each.getName().equals(name);
            if (wanted && each.isUp() && each.inetAddresses().anyMatch(Inet4Address.class::isInstance)) {
                found.add(each);
            }
        }
        return List.copyOf(found);
    }

    private static String joinNames(List<NetworkInterface> interfaces) {
        return String.join(", ", interfaces.stream().map(NetworkInterface::getName).toList());
    }

    private static boolean isLoopback(NetworkInterface each) {
        try {
            return each.isLoopback();
        } catch (SocketException e) {
            LOG.debug("{} was removed", each.getName(), e);
            return false;
        }
    }
}
