package org.catseye.power.wol;

import java.net.Inet4Address;
import java.util.Map;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.options.Options;

/**
 * A checked configuration.
 *
 * @param packet what is sent
 * @param address an IPv4 address, unicast or broadcast
 * @param port UDP port
 * @param networkInterface name of the interface to send from; empty if the address decides
 */
record WolSettings(MagicPacket packet, Inet4Address address, int port, String networkInterface) {

    private static final String ALLOWED_MAC = "the address of the computer's network card, such as 00:11:22:aa:bb:cc";
    private static final String ALLOWED_ADDRESS = "an IPv4 address, such as 255.255.255.255 or 192.168.7.255";
    private static final String ALLOWED_PASSWORD = "six bytes in hexadecimal, such as 00:11:22:aa:bb:cc, or empty";

    /** @throws BadValueException with the configuration, key and value, and the values that are allowed */
    static WolSettings parseSettings(Map<String, ?> properties) throws BadValueException {
        Options options = new Options(WolConfig.PID, properties);
        options.readTargetId();
        String mac = options.readText("mac", "");
        byte[] macBytes = MagicPacket.parseSixBytes(mac).orElseThrow(() -> options.badValue("mac", mac, ALLOWED_MAC));
        Inet4Address address = options.findAddress("address", WolConfig.BROADCAST, ALLOWED_ADDRESS)
            .orElseThrow(() -> options.badValue("address", "", ALLOWED_ADDRESS));
        return new WolSettings(new MagicPacket(macBytes, parsePassword(options)), address,
            options.readNumber("port", WolConfig.PORT, 1, WolConfig.MAX_PORT),
            options.readMatchingText("interface", "", "\\S{0,15}", "the name of a network interface, such as eth0, or empty"));
    }

    private static Optional<byte[]> parsePassword(Options options) throws BadValueException {
        String password = options.readSecret("secureOnPassword").reveal().strip();
        if (password.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> bytes = MagicPacket.parseSixBytes(password);
        if (bytes.isEmpty()) {
            throw options.badValue("secureOnPassword", "••••••••", ALLOWED_PASSWORD);
        }
        return bytes;
    }

    /** Whether the packet goes to all computers of the networks that this machine is in. */
    boolean isLimitedBroadcast() {
        return address.getHostAddress().equals(WolConfig.BROADCAST);
    }
}
