package org.catseye.power.wol;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Sends a packet a few times, because a broadcast has no acknowledgement. Stateless. */
final class PacketSender {

    static final int COPIES = 3;
    private static final long PAUSE_MILLIS = 100;

    /** @param name for messages @param address empty if the operating system chooses it */
    private record Source(String name, Optional<Inet4Address> address) {
    }

    private PacketSender() {
    }

    /** @throws IOException if the packet left on no interface; the message is for the user */
    static void sendPacket(WolSettings settings) throws IOException, InterruptedException {
        List<Source> sources = findSources(settings);
        for (int copy = 0; copy < COPIES; copy++) {
            if (copy > 0) {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            }
            sendFromAll(sources, settings);
        }
    }

    /** Succeeds if one interface takes the packet: the computer is in one of the networks. */
    private static void sendFromAll(List<Source> sources, WolSettings settings) throws IOException {
        IOException failure = null;
        int sent = 0;
        for (Source source : sources) {
            try {
                sendFrom(source, settings);
                sent++;
            } catch (IOException e) {
                failure = new IOException("The wake-up packet could not be sent from " + source.name() + ": " + e.getMessage(), e);
            }
        }
        if (sent == 0 && failure != null) {
            throw failure;
        }
    }

    // Linux sends a limited broadcast from the interface that has the socket's address (ip_route_output_key, net/ipv4/route.c).
    private static void sendFrom(Source source, WolSettings settings) throws IOException {
        byte[] payload = settings.packet().toBytes();
        try (DatagramSocket socket = new DatagramSocket(source.address().map(address -> new InetSocketAddress(address, 0))
                .orElseGet(() -> new InetSocketAddress(0)))) {
            socket.setBroadcast(true);
            socket.send(new DatagramPacket(payload, payload.length, settings.address(), settings.port()));
        }
    }

    private static List<Source> findSources(WolSettings settings) throws IOException {
        if (settings.networkInterface().isEmpty() && !settings.isLimitedBroadcast()) {
            return List.of(new Source("this device", Optional.empty()));
        }
        List<Source> sources = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            boolean wanted = settings.networkInterface().isEmpty() ? !each.isLoopback() : each.getName().equals(settings.networkInterface());
            if (wanted && each.isUp()) {
                each.inetAddresses().filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast).findFirst()
                    .ifPresent(address -> sources.add(new Source(each.getName(), Optional.of(address))));
            }
        }
        if (sources.isEmpty()) {
            throw new IOException(settings.networkInterface().isEmpty() ? "This device has no network interface with an IPv4 address."
                : "The network interface " + settings.networkInterface() + " does not exist, is down or has no IPv4 address.");
        }
        return sources;
    }
}
