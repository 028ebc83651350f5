package org.catseye.capture.lkv373a.net;

import java.io.IOException;
import java.net.Inet4Address;
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
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Open UDP ports and a selector for them. A multicast group is joined with one channel per network interface, so that a stream that
 * arrives on two interfaces can be taken from one of them. For one thread, except for {@link #wakeUp()}.
 */
public final class UdpPorts implements AutoCloseable {

    /** The requested receive buffer: several times the burst of a large key frame. */
    public static final int RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
    /** With less, bursts may be lost. */
    public static final int MIN_SAFE_BUFFER_BYTES = 2 * 1024 * 1024;
    private static final int MAX_DATAGRAMS_AT_ONCE = 512;
    private static final int MAX_DATAGRAM_BYTES = 65_536;
    private static final Logger LOG = LoggerFactory.getLogger(UdpPorts.class);

    private final Selector selector = Selector.open();
    private final List<DatagramChannel> channels = new ArrayList<>();
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
    private final LocalInterfaces interfaces;
    private int receiveBufferBytes;

    private record Port(int number, DatagramChannel channel, DatagramHandler handler, ByteBuffer datagram) implements ReadyHandler {

        @Override
        public void handleReady(SelectionKey key) throws IOException {
            for (int i = 0; i < MAX_DATAGRAMS_AT_ONCE; i++) {
                datagram.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(datagram);
                if (from == null) {
                    return;
                }
                datagram.flip();
                handler.handleDatagram(number, from, datagram, System.nanoTime());
            }
        }
    }

    /**
     * @param interfaceName the only interface to receive on; empty for all
     * @throws IOException if there is no such interface
     */
    public UdpPorts(String interfaceName) throws IOException {
        try {
            interfaces = new LocalInterfaces(interfaceName);
        } catch (IOException e) {
            selector.close();
            throw e;
        }
    }

    /** Opens a port for unicast, and also for the multicast group if one is given. */
    public void listenOn(int port, Optional<Inet4Address> group, DatagramHandler handler) throws IOException {
        if (group.isEmpty() || interfaces.interfaces().isEmpty()) {
            openPort(port, handler);
            return;
        }
        for (NetworkInterface joined : interfaces.interfaces()) {
            DatagramChannel channel = openPort(port, handler);
            try {
                channel.join(group.get(), joined);
            } catch (IOException e) {
                throw new IOException("cannot join " + group.get().getHostAddress() + " on " + joined.getName() + ": " + e.getMessage(), e);
            }
        }
    }

    /** Opens a port. @return its channel, which can also send; {@link #close()} closes it */
    public DatagramChannel openPort(int port, DatagramHandler handler) throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channels.add(channel);
        channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        channel.setOption(StandardSocketOptions.SO_BROADCAST, true);
        channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER_BYTES);
        try {
            channel.bind(new InetSocketAddress(port));
        } catch (SocketException e) {
            throw new IOException("UDP port " + port + " is used by another program (" + e.getMessage()
                + "): stop it, or use another port", e);
        }
        if (channels.size() == 1) {
            checkReceiveBuffer(channel.getOption(StandardSocketOptions.SO_RCVBUF));
        }
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Port(channels.size(), channel, handler, datagram));
        return channel;
    }

    private void checkReceiveBuffer(int granted) {
        receiveBufferBytes = granted;
        if (granted < MIN_SAFE_BUFFER_BYTES) {
            LOG.info("The kernel grants a receive buffer of {} KiB; {} KiB would be safe. If pictures break: sysctl -w net.core.rmem_max={}",
                granted / 1024, RECEIVE_BUFFER_BYTES / 1024, RECEIVE_BUFFER_BYTES);
        }
    }

    /** The receive buffer that the kernel granted to the first port. */
    public int receiveBufferBytes() {
        return receiveBufferBytes;
    }

    /** Waits for datagrams until the timeout, and passes them to their handlers. */
    public void awaitDatagrams(long timeoutMillis) throws IOException {
        selector.select(timeoutMillis);
        for (SelectionKey key : selector.selectedKeys()) {
            ((ReadyHandler) key.attachment()).handleReady(key);
        }
        selector.selectedKeys().clear();
    }

    /** Ends the current or next {@link #awaitDatagrams}. Thread-safe. */
    public void wakeUp() {
        selector.wakeup();
    }

    /** The interfaces that are received on. */
    public LocalInterfaces interfaces() {
        return interfaces;
    }

    /** For other channels: they are registered with a {@link ReadyHandler} and closed by their owner. */
    public Selector selector() {
        return selector;
    }

    @Override
    public void close() {
        channels.forEach(UdpPorts::closeQuietly);
        closeQuietly(selector);
    }

    /** Closes a channel or selector. A failure is only logged, because nothing depends on the closed object. */
    public static void closeQuietly(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            LOG.debug("Closing failed", e);
        }
    }
}
