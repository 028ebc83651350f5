package org.catseye.testkit.lkv;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Packs transport packets into datagrams like a box, seven in each, and simulates the faults of boxes and networks. Faults may be
 * set on any thread.
 */
public final class DatagramPacker {

    private static final int PER_DATAGRAM = 7;

    private final Random random;
    private volatile boolean rtp;
    private volatile boolean empties;
    private volatile double loss;
    private volatile double disorder;
    private int sequence;

    /** @param seed decides where faults occur */
    public DatagramPacker(long seed) {
        random = new Random(seed);
        sequence = random.nextInt(0x10000);
    }

    /** Sets whether datagrams have an RTP header. */
    public DatagramPacker useRtp(boolean wanted) {
        rtp = wanted;
        return this;
    }

    /** Sets whether an empty datagram follows each one, as from older firmware. */
    public DatagramPacker sendEmptyDatagrams(boolean wanted) {
        empties = wanted;
        return this;
    }

    /** Sets the share of datagrams that are lost, 0 to 1. */
    public DatagramPacker setLossRate(double share) {
        loss = share;
        return this;
    }

    /** Sets the share of datagrams that are swapped with the next one, 0 to 1. */
    public DatagramPacker setReorderingRate(double share) {
        disorder = share;
        return this;
    }

    /** Sets the next RTP sequence number, as after a restart of the box. */
    public DatagramPacker setNextSequence(int number) {
        sequence = number;
        return this;
    }

    /** Packs the packets; null packets fill the last datagram. */
    public List<byte[]> packDatagrams(List<byte[]> packets) {
        List<byte[]> datagrams = new ArrayList<>();
        for (int at = 0; at < packets.size(); at += PER_DATAGRAM) {
            ByteBuffer datagram = ByteBuffer.allocate((rtp ? 12 : 0) + PER_DATAGRAM * Muxer.PACKET_BYTES);
            if (rtp) {
                datagram.put((byte) 0x80).put((byte) 33).putShort((short) sequence++).putInt(0xa1b10ba1).putInt(0x387a232c);
            }
            for (int i = at; i < at + PER_DATAGRAM; i++) {
                datagram.put(i < packets.size() ? packets.get(i) : Muxer.createNullPacket());
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
