package org.catseye.capture.lkv373a.mpegts;

import java.nio.ByteBuffer;

/**
 * Parses the video's PES packets (ISO/IEC 13818-1, 2.4.3.6) and detects their end early. Otherwise a picture could be shown only when
 * the next one begins, which is a whole frame later. The end follows from the packet's length if that is given. If it is not, the
 * stuffing that fills the last transport packet marks the end, or, for the one packet in 184 without stuffing, a datagram that is not
 * full. No standard guarantees that these two occur only at the end, so each is used as an {@link EndMarker}.
 *
 * <p>A pause in the stream is not used as a marker: every network pauses within a frame now and then, and a frame that is cut off
 * costs seconds, up to the next key frame. For one thread; creates no garbage.
 */
final class PesParser {

    private static final int HEADER_BYTES = 9;
    private static final int STUFFING_REQUIRED_ENDS = 8;
    /** This marker helps only one frame in 184, so it may take two seconds to learn. */
    private static final int SPARE_ROOM_REQUIRED_ENDS = 64;

    private final AccessUnitSink sink;
    private final EndMarker stuffing = new EndMarker(STUFFING_REQUIRED_ENDS);
    private final EndMarker spareRoom = new EndMarker(SPARE_ROOM_REQUIRED_ENDS);
    private boolean open;
    private long remainingBytes;

    PesParser(AccessUnitSink sink) {
        this.sink = sink;
    }

    /**
     * Takes the payload of one transport packet.
     *
     * @param packet its payload is between position and limit; both change
     * @param start whether a PES packet begins here
     * @param stuffed whether stuffing fills the transport packet
     */
    void acceptPayload(ByteBuffer packet, boolean start, boolean stuffed, long nanos) {
        if (start) {
            beginPacket(packet, nanos);
        } else if (stuffing.refuteEnd() | spareRoom.refuteEnd() && !open) {
            // The marker was wrong, and the published picture is cut off.
            sink.handleLoss();
        }
        stuffing.setPresent(stuffed);
        if (!open) {
            return;
        }
        if (remainingBytes > 0 && packet.remaining() > remainingBytes) {
            packet.limit(packet.position() + (int) remainingBytes);
        }
        long before = remainingBytes;
        remainingBytes -= packet.remaining();
        sink.appendData(packet);
        if (before > 0 && remainingBytes <= 0 || before <= 0 && stuffing.isTrustedEnd()) {
            endPacket();
        }
    }

    /** The datagram had room behind the previous packet: it ended early, or only null packets followed. */
    void handleSpareRoom() {
        spareRoom.setPresent(true);
        if (open && remainingBytes <= 0 && spareRoom.isTrustedEnd()) {
            endPacket();
        }
    }

    /** Data was lost. */
    void handleLoss() {
        open = false;
        stuffing.ignorePresence();
        spareRoom.ignorePresence();
        sink.handleLoss();
    }

    /** Forgets everything, because another stream begins. */
    void resetStream() {
        stuffing.resetLearning();
        spareRoom.resetLearning();
        handleLoss();
    }

    private void beginPacket(ByteBuffer packet, long nanos) {
        stuffing.confirmEnd();
        spareRoom.confirmEnd();
        if (open && remainingBytes > 0) {
            // The packet is shorter than its length: data was lost without a gap in the counters.
            handleLoss();
        } else if (open) {
            endPacket();
        }
        int at = packet.position();
        if (packet.remaining() < HEADER_BYTES || packet.getInt(at) >>> 4 != 0x00_00_01_E
            || packet.remaining() < HEADER_BYTES + (packet.get(at + 8) & 0xff)) {
            handleLoss();
            return;
        }
        int optionalBytes = packet.get(at + 8) & 0xff;
        int length = packet.getShort(at + 4) & 0xffff;
        int bytes = length - 3 - optionalBytes;
        remainingBytes = length == 0 ? 0 : bytes;
        if (length != 0 && bytes <= 0) {
            handleLoss();
            return;
        }
        boolean hasTimestamp = (packet.get(at + 7) & 0x80) != 0 && optionalBytes >= 5;
        long ticks = hasTimestamp ? parseTimestamp(packet, at + HEADER_BYTES) : AccessUnitSink.NO_TIMESTAMP;
        packet.position(at + HEADER_BYTES + optionalBytes);
        open = true;
        sink.beginUnit(ticks, nanos, Math.max(0, bytes));
    }

    private void endPacket() {
        open = false;
        sink.endUnit();
    }

    private static long parseTimestamp(ByteBuffer packet, int at) {
        long high = packet.get(at) >> 1 & 7;
        long middle = packet.getShort(at + 1) >> 1 & 0x7fff;
        long low = packet.getShort(at + 3) >> 1 & 0x7fff;
        return high << 30 | middle << 15 | low;
    }
}
