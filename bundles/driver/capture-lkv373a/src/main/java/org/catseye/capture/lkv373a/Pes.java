package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;

/**
 * Takes the video's PES packets apart (ISO/IEC 13818-1, 2.4.3.6) and finds their end early: by their length, if it is given, by the
 * stuffing that fills the last transport packet, or, for the one in 184 that has none, by a datagram that is not full. Otherwise a
 * picture could only be shown when the next one begins, a whole frame later. No standard says that the two stand nowhere else: they
 * are believed as a {@link Sign} is. That nothing comes for a while is no sign: any network pauses within a frame now and then, and
 * a frame cut off costs seconds, up to the next key frame. One thread, no garbage.
 */
final class Pes {

    private static final int HEAD = 9;

    private final Units units;
    private boolean open;
    private long left;
    private final Sign stuffing = new Sign(8);
    /** Helps one frame in 184 only, and so may take its time: two seconds. */
    private final Sign shortness = new Sign(64);

    Pes(Units units) {
        this.units = units;
    }

    /**
     * The payload of one transport packet.
     *
     * @param start whether a PES packet begins here
     * @param isStuffed whether bytes were put in to fill the transport packet
     */
    void payload(ByteBuffer packet, boolean start, boolean isStuffed, long nanos) {
        if (start) {
            begin(packet, nanos);
        } else if (stuffing.inside() | shortness.inside() && !open) {
            // The end that was seen was none, and what was shown is cut off.
            units.broken();
        }
        stuffing.show(isStuffed);
        if (!open) {
            return;
        }
        if (left > 0 && packet.remaining() > left) {
            packet.limit(packet.position() + (int) left);
        }
        long before = left;
        left -= packet.remaining();
        units.data(packet);
        if (before > 0 && left <= 0 || before <= 0 && stuffing.believed()) {
            end();
        }
    }

    /** There was room for more behind the packet before: its datagram ended early, or nothing but filling followed. */
    void roomBehind() {
        shortness.show(true);
        if (open && left <= 0 && shortness.believed()) {
            end();
        }
    }

    /** Something is missing. */
    void broken() {
        open = false;
        stuffing.missed();
        shortness.missed();
        units.broken();
    }

    /** Another stream begins. */
    void reset() {
        stuffing.reset();
        shortness.reset();
        broken();
    }

    private void begin(ByteBuffer packet, long nanos) {
        stuffing.atEnd();
        shortness.atEnd();
        if (open) {
            if (left > 0) {
                // Shorter than it said: something is missing that the counters did not show.
                broken();
            } else {
                end();
            }
        }
        int at = packet.position();
        if (packet.remaining() < HEAD || packet.getInt(at) >>> 4 != 0x00_00_01_E || packet.remaining() < HEAD + (packet.get(at + 8) & 0xff)) {
            broken();
            return;
        }
        int optional = packet.get(at + 8) & 0xff;
        int length = packet.getShort(at + 4) & 0xffff;
        int bytes = length - 3 - optional;
        left = length == 0 ? 0 : bytes;
        if (length != 0 && bytes <= 0) {
            broken();
            return;
        }
        boolean timed = (packet.get(at + 7) & 0x80) != 0 && optional >= 5;
        long pts = timed ? pts(packet, at + HEAD) : Units.NO_TIME;
        packet.position(at + HEAD + optional);
        open = true;
        units.begin(pts, nanos, Math.max(0, bytes));
    }

    private void end() {
        open = false;
        units.end();
    }

    private static long pts(ByteBuffer packet, int at) {
        long high = packet.get(at) >> 1 & 7;
        long middle = packet.getShort(at + 1) >> 1 & 0x7fff;
        long low = packet.getShort(at + 3) >> 1 & 0x7fff;
        return high << 30 | middle << 15 | low;
    }
}
