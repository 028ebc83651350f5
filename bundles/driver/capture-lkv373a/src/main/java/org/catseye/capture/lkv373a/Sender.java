package org.catseye.capture.lkv373a;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.net.Inet4Address;

/** Keeps to one sender, and to one way its datagrams come: two streams in one would make no picture. One thread. */
final class Sender {

    /** After that long another one is taken. */
    private static final long GONE_NANOS = 2_000_000_000L;

    private final Optional<Inet4Address> only;
    private InetSocketAddress address;
    private int port;
    private long last;
    private InetSocketAddress other;
    private long otherLast;

    /** @param only nobody else; empty: the first that sends */
    Sender(Optional<Inet4Address> only) {
        this.only = only;
    }

    /** Whether a datagram is to be taken. */
    boolean takes(int byPort, InetSocketAddress from, long nanos) {
        if (from.equals(address)) {
            if (byPort != port && nanos - last > GONE_NANOS) {
                port = byPort;
            }
            last = byPort == port ? nanos : last;
            return byPort == port;
        }
        if (only.isPresent() && !only.get().equals(from.getAddress())) {
            return false;
        }
        // Another port of the same box is the box after a restart.
        if (address == null || nanos - last > GONE_NANOS || from.getAddress().equals(address.getAddress())) {
            address = from;
            port = byPort;
            last = nanos;
            return true;
        }
        other = from;
        otherLast = nanos;
        return false;
    }

    /** Whose datagrams are taken; null if none came. */
    InetSocketAddress address() {
        return address;
    }

    /** The address for words. */
    String words() {
        return address == null ? "the box" : address.getAddress().getHostAddress();
    }

    /** Somebody else who sends to the same place just now. */
    Optional<String> other(long nanos) {
        return other != null && nanos - otherLast < GONE_NANOS ? Optional.of(other.getAddress().getHostAddress()) : Optional.empty();
    }
}
