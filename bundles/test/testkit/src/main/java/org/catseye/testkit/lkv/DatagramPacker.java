package org.catseye.testkit.lkv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts transport packets into datagrams as a box does, seven in each, and does to them what boxes and networks do. Faults may be set from any thread. */
public final class Wire {

    private static final int PER_DATAGRAM = 7;

    private final Random random;
    private volatile boolean rtp;
    private volatile boolean empties;
    private volatile double loss;
    private volatile double disorder;
    private int sequence;

    /** @param seed of the faults */
    public Wire(long seed) {
        random = new Random(seed);
        sequence = random.nextInt(0x10000);
    }

    public Wire rtp(boolean wanted) {
        rtp = wanted;
        return this;
    }

    /** Older firmware: an empty datagram after each. */
    public Wire empties(boolean wanted) {
        empties = wanted;
        return this;
    }

    /** How many of the datagrams are lost, 0 to 1. */
    public Wire loss(double share) {
        loss = share;
        return this;
    }

    /** How many change places with the next, 0 to 1. */
    public Wire disorder(double share) {
        disorder = share;
        return this;
    }

    /** The next RTP sequence number is this one: the box restarted. */
    public Wire sequence(int number) {
        sequence = number;
        return this;
    }

    /** The packets in datagrams; the last one is filled up. */
    public List<byte[]> datagrams(List<byte[]> packets) {
        List<byte[]> datagrams = new ArrayList<>();
        for (int at = 0; at < packets.size(); at += PER_DATAGRAM) {
            ByteBuffer datagram = ByteBuffer.allocate((rtp ? 12 : 0) + PER_DATAGRAM * Muxer.PACKET);
            if (rtp) {
                datagram.put((byte) 0x80).put((byte) 33).putShort((short) sequence++).putInt(0xa1b10ba1).putInt(0x387a232c);
            }
            for (int i = at; i < at + PER_DATAGRAM; i++) {
                datagram.put(i < packets.size() ? packets.get(i) : Muxer.nothing());
            }
            if (random.nextDouble() >= loss) {
                datagrams.add(datagram.array());
            }
            if (empties) {
                datagrams.add(new byte[0]);
            }
        }
        for (int i = 0; i + 1 < datagrams.size(); i++) {
            if (random.nextDouble() < disorder) {
                datagrams.add(i, datagrams.remove(i + 1));
            }
        }
        return datagrams;
    }
}
