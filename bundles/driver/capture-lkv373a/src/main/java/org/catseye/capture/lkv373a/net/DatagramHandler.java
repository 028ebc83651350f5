package org.catseye.capture.lkv373a.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Receives the datagrams of a port, on the receiver's thread. */
public interface DatagramHandler {

    /**
     * @param channel the number of the channel that received it
     * @param datagram its bytes from 0 to the limit; valid during the call
     * @param nanos {@link System#nanoTime()}
     */
    void handleDatagram(int channel, InetSocketAddress from, ByteBuffer datagram, long nanos) throws IOException;
}
