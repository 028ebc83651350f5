package org.catseye.core.media.fetch;

import java.io.IOException;
import java.math.BigInteger;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses a download may connect to: those of the internet, or all. The address that was checked is the one that is connected to, so
 * a name that changes its address between the two (DNS rebinding) leads nowhere else.
 */
public class AddressRule {

    private static final int BYTE = 0xff;
    /** Prefixes of IPv4 that are not the internet's (IANA's registry of special-purpose addresses): address and number of bits. */
    private static final int MIN_PREFIX = 8;
    private static final List<int[]> SPECIAL = List.of(new int[] {0, 0, 0, 0, 8}, new int[] {10, 0, 0, 0, 8}, new int[] {100, 64, 0, 0, 10},
            new int[] {127, 0, 0, 0, 8}, new int[] {169, 254, 0, 0, 16}, new int[] {172, 16, 0, 0, 12}, new int[] {192, 0, 0, 0, 24},
            new int[] {192, 0, 2, 0, 24}, new int[] {192, 88, 99, 0, 24}, new int[] {192, 168, 0, 0, 16}, new int[] {198, 18, 0, 0, 15},
            new int[] {198, 51, 100, 0, 24}, new int[] {203, 0, 113, 0, 24}, new int[] {224, 0, 0, 0, 3});

    /** The addresses of a name; overridden by tests. */
    protected InetAddress[] resolve(String host) throws UnknownHostException {
        return InetAddress.getAllByName(host);
    }

    /**
     * The addresses of a host that may be connected to.
     *
     * @param local whether all may
     * @throws ForbiddenAddressException if the host has only others
     * @throws UnknownHostException if it has none
     */
    public final List<InetAddress> findAddresses(String host, boolean local) throws IOException {
        InetAddress[] all = resolve(host);
        List<InetAddress> allowed = Stream.of(all).filter(address -> local || isPublic(address)).toList();
        if (allowed.isEmpty()) {
            throw new ForbiddenAddressException(host);
        }
        return allowed;
    }

    /** Whether an address is on the internet, and not one of this device. */
    protected boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean internet = address instanceof Inet4Address ? isPublicV4(bytes, 0) : isPublicV6(bytes);
        return internet && !isOwn(address);
    }

    /** Whether this device has the address, or an interface in its network: neighbours trust their network, whatever its addresses are. */
    private static boolean isOwn(InetAddress address) {
        try {
            return NetworkInterface.getByInetAddress(address) != null || NetworkInterface.networkInterfaces()
                    .flatMap(card -> card.getInterfaceAddresses().stream()).anyMatch(own -> isInNetwork(address, own));
        } catch (SocketException e) {
            // Unknown, so it is not trusted.
            return true;
        }
    }

    /** A prefix that short is no network but a route to everything. */
    private static boolean isInNetwork(InetAddress address, InterfaceAddress own) {
        byte[] bytes = address.getAddress();
        byte[] network = own.getAddress().getAddress();
        int prefix = own.getNetworkPrefixLength();
        if (bytes.length != network.length || prefix < MIN_PREFIX) {
            return false;
        }
        BigInteger difference = new BigInteger(1, bytes).xor(new BigInteger(1, network));
        return difference.shiftRight(bytes.length * Byte.SIZE - prefix).signum() == 0;
    }

    static boolean isPublicV4(byte[] bytes, int from) {
        int address = toInt(bytes, from);
        return SPECIAL.stream().noneMatch(prefix -> {
            int mask = -1 << 32 - prefix[4];
            return (address & mask) == ((prefix[0] << 24 | prefix[1] << 16 | prefix[2] << 8 | prefix[3]) & mask);
        });
    }

    /**
     * Only 2000::/3 is in use. Of it, 2001::/23 is for protocols (Teredo has an IPv4 address in it), 2001:db8::/32 and 3fff::/20 are for
     * examples, and 2002::/16 (6to4) has an IPv4 address.
     */
    static boolean isPublicV6(byte[] bytes) {
        int first = (bytes[0] & BYTE) << 8 | bytes[1] & BYTE;
        int second = (bytes[2] & BYTE) << 8 | bytes[3] & BYTE;
        boolean unicast = (bytes[0] & 0xe0) == 0x20;
        boolean protocols = first == 0x2001 && (second & 0xfe00) == 0;
        boolean examples = first == 0x2001 && second == 0xdb8 || first == 0x3fff && (second & 0xf000) == 0;
        return unicast && !protocols && !examples && first != 0x2002;
    }

    private static int toInt(byte[] bytes, int from) {
        return (bytes[from] & BYTE) << 24 | (bytes[from + 1] & BYTE) << 16 | (bytes[from + 2] & BYTE) << 8 | bytes[from + 3] & BYTE;
    }
}
