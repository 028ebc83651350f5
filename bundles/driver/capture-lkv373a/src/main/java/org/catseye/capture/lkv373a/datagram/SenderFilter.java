package org.catseye.capture.lkv373a.datagram;

import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Accepts datagrams from a single sender, on a single channel: two streams mixed would make no picture. For one thread. */
public final class SenderFilter {

    /** After this time without a datagram another sender is accepted. */
    private static final long SENDER_TIMEOUT_NANOS = 2_000_000_000L;

    private final Optional<Inet4Address> configured;
    private InetSocketAddress sender;
    private int senderChannel;
    private long lastAcceptedNanos;
    private InetSocketAddress rival;
    private long lastRivalNanos;

    /** @param configured the only sender to accept; empty for the first one that sends */
    public SenderFilter(Optional<Inet4Address> configured) {
        this.configured = configured;
    }

    /** @param channel the number of the channel that received the datagram */
    public boolean acceptsDatagram(int channel, InetSocketAddress from, long nanos) {
        if (from.equals(sender)) {
            if (channel != senderChannel && nanos - lastAcceptedNanos > SENDER_TIMEOUT_NANOS) {
                senderChannel = channel;
            }
            lastAcceptedNanos = channel == senderChannel ? nanos : lastAcceptedNanos;
            return channel == senderChannel;
        }
        if (configured.isPresent() && !configured.get().equals(from.getAddress())) {
            return false;
        }
        // Another port of the same address is the same box after a restart.
        if (sender == null || nanos - lastAcceptedNanos > SENDER_TIMEOUT_NANOS || from.getAddress().equals(sender.getAddress())) {
            sender = from;
            senderChannel = channel;
            lastAcceptedNanos = nanos;
            return true;
        }
        rival = from;
        lastRivalNanos = nanos;
        return false;
    }

    /** The accepted sender; empty before its first datagram. */
    public Optional<Inet4Address> senderAddress() {
        return Optional.ofNullable(sender).map(from -> (Inet4Address) from.getAddress());
    }

    /** The accepted sender's address, for messages. */
    public String senderName() {
        return sender == null ? "the box" : sender.getAddress().getHostAddress();
    }

    /** The address of another sender that currently sends to the same address. */
    public Optional<String> rivalName(long nanos) {
        boolean active = rival != null && nanos - lastRivalNanos < SENDER_TIMEOUT_NANOS;
        return active ? Optional.of(rival.getAddress().getHostAddress()) : Optional.empty();
    }
}
