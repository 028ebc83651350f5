package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * UDP ports and one selector over them. A multicast group is joined with one channel per network interface, so that a stream that
 * comes over two of them can be taken from one. One thread, but {@link #wake()} from any.
 */
final class Net implements AutoCloseable {

    /** A burst of a large key frame, several times over. */
    static final int RECEIVE_BUFFER = 4 * 1024 * 1024;
    private static final int ENOUGH_BUFFER = 2 * 1024 * 1024;
    private static final int MOST_AT_ONCE = 512;
    private static final Logger LOG = LoggerFactory.getLogger(Net.class);

    private final Selector selector = Selector.open();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(65_536);
    private final String interfaceName;
    private final List<NetworkInterface> interfaces;
    private int receiveBuffer;

    /** Who gets the datagrams of a port. */
    interface Taker {
        /**
         * @param port a number for the channel it came by
         * @param datagram its bytes from 0 to the limit; valid during the call
         * @param nanos {@link System#nanoTime()}
         */
        void take(int port, InetSocketAddress from, ByteBuffer datagram, long nanos) throws IOException;
    }

    /** Who is called when its channel is ready. */
    interface Ready {
        void ready(SelectionKey key) throws IOException;
    }

    private record Port(int number, DatagramChannel channel, Taker taker, ByteBuffer datagram) implements Ready {

        @Override
        public void ready(SelectionKey key) throws IOException {
            for (int i = 0; i < MOST_AT_ONCE; i++) {
                datagram.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(datagram);
                if (from == null) {
                    return;
                }
                datagram.flip();
                taker.take(number, from, datagram, System.nanoTime());
            }
        }
    }

    /**
     * @param interfaceName the one interface to listen on; empty: all
     * @throws IOException if there is no such interface
     */
    Net(String interfaceName) throws IOException {
        this.interfaceName = interfaceName;
        try {
            interfaces = find(interfaceName);
            if (interfaces.isEmpty() && !interfaceName.isEmpty()) {
                throw new IOException("the network interface " + interfaceName + " is not there or has no IPv4 address; there are: "
                    + names(find("")));
            }
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Opens a port for unicast, and for the group if there is one. */
    void listen(int port, Optional<Inet4Address> group, Taker taker) throws IOException {
        if (group.isEmpty() || interfaces.isEmpty()) {
            open(port, taker);
            return;
        }
        for (NetworkInterface joined : interfaces) {
            DatagramChannel channel = open(port, taker);
            try {
                channel.join(group.get(), joined);
            } catch (IOException e) {
                throw new IOException("cannot join " + group.get().getHostAddress() + " on " + joined.getName() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Opens a port and gives its channel, to send from as well. */
    DatagramChannel open(int port, Taker taker) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channels.add(channel);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
        try {
            channel.bind(new InetSocketAddress(port));
        } catch (SocketException e) {
            throw new IOException("UDP port " + port + " is in use by another program (" + e.getMessage() + "): end it, or use another port", e);
        }
        int got = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        receiveBuffer = channels.size() == 1 ? got : receiveBuffer;
        if (got < ENOUGH_BUFFER && channels.size() == 1) {
            LOG.info("the kernel gives a receive buffer of {} KiB where {} would be safe; if pictures break: sysctl -w net.core.rmem_max={}",
                got / 1024, RECEIVE_BUFFER / 1024, RECEIVE_BUFFER);
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Port(channels.size(), channel, taker, datagram));
        return channel;
    }

    /** What the kernel gave the first port for datagrams that wait, bytes. */
    int receiveBuffer() {
        return receiveBuffer;
    }

    /** Waits for datagrams, at most so long, and hands out those that are there. */
    void await(long millis) throws IOException {
        selector.select(millis);
        for (SelectionKey key : selector.selectedKeys()) {
            ((Ready) key.attachment()).ready(key);
        }
        selector.selectedKeys().clear();
    }

    void wake() {
        selector.wakeup();
    }

    /** Whether interfaces came or went since this was opened. */
    boolean changed() throws IOException {
        return !find(interfaceName).equals(interfaces);
    }

    @Override
    public void close() {
        for (DatagramChannel channel : channels) {
            close(channel);
        }
        close(selector);
    }

    private static List<NetworkInterface> find(String name) throws IOException {
        List<NetworkInterface> found = new ArrayList<>();
        for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            boolean wanted = name.isEmpty() ? each.supportsMulticast() || each.isLoopback() : each.getName().equals(name);
            if (wanted && each.isUp() && each.inetAddresses().anyMatch(Inet4Address.class::isInstance)) {
                found.add(each);
            }
        }
        return found;
    }

    private static String names(List<NetworkInterface> of) {
        return String.join(", ", of.stream().map(NetworkInterface::getName).toList());
    }

    /** This machine's IPv4 addresses on the interfaces that are listened on; the loopback one only if it is the only one. */
    List<Inet4Address> ownAddresses() {
        return interfaces.stream().filter(each -> interfaces.size() == 1 || !isLoopback(each))
            .flatMap(NetworkInterface::inetAddresses).filter(Inet4Address.class::isInstance).map(Inet4Address.class::cast).toList();
    }

    /** Those addresses, for words. */
    String addresses() {
        List<Inet4Address> own = ownAddresses();
        return own.isEmpty() ? "this machine" : String.join(" or ", own.stream().map(InetAddress::getHostAddress).toList());
    }

    /** For whoever waits for something else; registered with a {@link Ready}, closed by its owner. */
    Selector selector() {
        return selector;
    }

    /** Names of those interfaces, for words. */
    String interfaceNames() {
        return names(interfaces);
    }

    private static boolean isLoopback(NetworkInterface each) {
        try {
            return each.isLoopback();
        } catch (SocketException e) {
            LOG.debug("{} went away", each.getName(), e);
            return false;
        }
    }

    private static void close(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            LOG.debug("closing failed", e);
        }
    }
}
