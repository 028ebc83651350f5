package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/**
 * Tells what a datagram is by its first bytes. The boxes send MPEG-TS bare or in RTP as their settings say, older firmware puts
 * empty datagrams in between (fragtion/lkv373a-v3-tx), and another model looks the same from outside.
 */
final class Sniffer {

    static final int PACKET = 188;
    static final int SYNC = 0x47;
    private static final int RTP_HEAD = 12;
    /** RFC 3551: payload type of MPEG-TS. */
    private static final int RTP_MP2T = 33;

    /** What a datagram can be. */
    enum Kind {
        /** No payload: a sign of life. */
        EMPTY,
        /** Whole transport stream packets. */
        TS,
        /** The same behind an RTP head. */
        RTP,
        /** Of an LKV373A V4 ("lk7777"): its own framing, encrypted. */
        V4,
        /** Something else. */
        OTHER
    }

    private Sniffer() {
    }

    /**
     * Classifies the bytes from 0 to the limit. For TS and RTP the position and limit enclose whole transport stream packets
     * afterwards.
     */
    static Kind classify(ByteBuffer datagram) {
        int length = datagram.limit();
        datagram.position(0);
        if (length == 0) {
            return Kind.EMPTY;
        }
        int first = datagram.get(0) & 0xff;
        if (first == SYNC && length % PACKET == 0) {
            return Kind.TS;
        }
        if (length > RTP_HEAD && (first & 0xc0) == 0x80 && (datagram.get(1) & 0x7f) == RTP_MP2T && stripRtp(datagram, first)) {
            return Kind.RTP;
        }
        if (length >= 3 && first == 0x74 && datagram.get(1) == 0x47 && datagram.get(2) == 0x74) {
            return Kind.V4;
        }
        return resynchronise(datagram) ? Kind.TS : Kind.OTHER;
    }

    /** The RTP sequence number of a datagram that was classified as RTP. */
    static int sequence(ByteBuffer datagram) {
        return datagram.getShort(2) & 0xffff;
    }

    /** The number of its stream (SSRC), likewise. */
    static int stream(ByteBuffer datagram) {
        return datagram.getInt(8);
    }

    /** RFC 3550 section 5.1: contributing sources, extension, padding. */
    private static boolean stripRtp(ByteBuffer datagram, int first) {
        int length = datagram.limit();
        int head = RTP_HEAD + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (head + 4 > length) {
                return false;
            }
            head += 4 + 4 * (datagram.getShort(head + 2) & 0xffff);
        }
        int end = (first & 0x20) != 0 ? length - (datagram.get(length - 1) & 0xff) : length;
        if (head >= end || (end - head) % PACKET != 0 || (datagram.get(head) & 0xff) != SYNC) {
            return false;
        }
        datagram.limit(end).position(head);
        return true;
    }

    /** Looks for packets that begin somewhere else: a sync byte, and another one 188 bytes on. */
    private static boolean resynchronise(ByteBuffer datagram) {
        int length = datagram.limit();
        for (int at = 0; at < PACKET && at + 2 * PACKET <= length; at++) {
            if ((datagram.get(at) & 0xff) == SYNC && (datagram.get(at + PACKET) & 0xff) == SYNC) {
                datagram.limit(at + (length - at) / PACKET * PACKET).position(at);
                return true;
            }
        }
        return false;
    }
}
