package org.catseye.capture.lkv373a.datagram;

import static org.catseye.capture.lkv373a.mpegts.TransportStream.PACKET_BYTES;
import static org.catseye.capture.lkv373a.mpegts.TransportStream.SYNC_BYTE;

import java.nio.ByteBuffer;

/**
 * Classifies a datagram by its first bytes. The boxes send MPEG-TS bare or in RTP, depending on their settings. Older firmware sends
 * empty datagrams in between (fragtion/lkv373a-v3-tx), and another model (V4) looks the same from outside.
 */
public final class DatagramClassifier {

    private static final int RTP_HEADER_BYTES = 12;
    /** RFC 3551: payload type of MPEG-TS. */
    private static final int RTP_MPEG_TS = 33;

    private DatagramClassifier() {
    }

    /**
     * Classifies the bytes from 0 to the limit. For a transport stream and RTP, position and limit then enclose whole transport
     * stream packets.
     */
    public static DatagramKind classifyDatagram(ByteBuffer datagram) {
        int length = datagram.limit();
        datagram.position(0);
        if (length == 0) {
            return DatagramKind.EMPTY;
        }
        int first = datagram.get(0) & 0xff;
        if (first == SYNC_BYTE && length % PACKET_BYTES == 0) {
            return DatagramKind.TRANSPORT_STREAM;
        }
        boolean looksLikeRtp = length > RTP_HEADER_BYTES && (first & 0xc0) == 0x80 && (datagram.get(1) & 0x7f) == RTP_MPEG_TS;
        if (looksLikeRtp && stripRtpHeader(datagram, first)) {
            return DatagramKind.RTP;
        }
        if (length >= 3 && first == 0x74 && datagram.get(1) == 0x47 && datagram.get(2) == 0x74) {
            return DatagramKind.V4;
        }
        return findPackets(datagram) ? DatagramKind.TRANSPORT_STREAM : DatagramKind.OTHER;
    }

    /** The sequence number of a datagram that was classified as RTP, 16 bits. */
    public static int rtpSequence(ByteBuffer datagram) {
        return datagram.getShort(2) & 0xffff;
    }

    /** The stream's number (SSRC) in a datagram that was classified as RTP. */
    public static int rtpStream(ByteBuffer datagram) {
        return datagram.getInt(8);
    }

    /** Moves position and limit past contributing sources, extension and padding (RFC 3550, 5.1). @return false if it is no RTP */
    private static boolean stripRtpHeader(ByteBuffer datagram, int first) {
        int length = datagram.limit();
        int headerBytes = RTP_HEADER_BYTES + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (headerBytes + 4 > length) {
                return false;
            }
            headerBytes += 4 + 4 * (datagram.getShort(headerBytes + 2) & 0xffff);
        }
        int end = (first & 0x20) != 0 ? length - (datagram.get(length - 1) & 0xff) : length;
        if (headerBytes >= end || (end - headerBytes) % PACKET_BYTES != 0 || (datagram.get(headerBytes) & 0xff) != SYNC_BYTE) {
            return false;
        }
        datagram.limit(end).position(headerBytes);
        return true;
    }

    /** Finds packets that begin behind other data: a sync byte, and another one 188 bytes later. */
    private static boolean findPackets(ByteBuffer datagram) {
        int length = datagram.limit();
        for (int at = 0; at < PACKET_BYTES && at + 2 * PACKET_BYTES <= length; at++) {
            if ((datagram.get(at) & 0xff) == SYNC_BYTE && (datagram.get(at + PACKET_BYTES) & 0xff) == SYNC_BYTE) {
                datagram.limit(at + (length - at) / PACKET_BYTES * PACKET_BYTES).position(at);
                return true;
            }
        }
        return false;
    }
}
