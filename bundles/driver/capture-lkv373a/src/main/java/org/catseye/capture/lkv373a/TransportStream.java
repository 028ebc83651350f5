package org.catseye.capture.lkv373a;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.catseye.video.SoundCodec;

/**
 * Takes the video, and the box's own status, out of a transport stream (ISO/IEC 13818-1). The PIDs come from the stream's tables;
 * where there are none, the boxes' usual ones are taken. Counts gaps in the continuity of the PIDs that matter. One thread, no
 * garbage for packets.
 */
final class TransportStream {

    /** Where the boxes have video and status (fragtion/lkv373a-v3-tx, startup logs of the encoder). */
    static final int USUAL_VIDEO = 0x7d1;
    static final int STATUS = 0x77;

    private static final int PAT = 0;
    private static final int NOTHING = 0x1fff;
    private static final int NONE = ProgramMap.NONE;
    /** So many packets without a table: about half a second of a slow stream. */
    private static final int PACKETS_WITHOUT_TABLE = 400;

    private final Pes pes;
    private final byte[] counters = new byte[0x2000];
    private final Section pat = new Section(this::programs);
    private final Section pmt = new Section(this::streams);
    private final Section sit = new Section(section -> BoxStatus.parse(section).ifPresent(this::status));
    private int pmtPid = NONE;
    private int videoPid = NONE;
    private ProgramMap map = ProgramMap.EMPTY;
    private int packets;
    /** How many packets a full datagram has. */
    private int full;
    /** Of the last packet that was not there to fill up. */
    private int lastPid = NONE;
    /** The end of the video's last packet: one that came twice has the same. */
    private long videoTail;
    private boolean scrambled;
    private BoxStatus status;
    private long statusNanos;
    private long now;

    TransportStream(Units units) {
        pes = new Pes(units);
        Arrays.fill(counters, (byte) NONE);
    }

    /** All packets between position and limit, which are whole. */
    void packets(ByteBuffer datagram, long nanos) {
        now = nanos;
        int end = datagram.limit();
        int count = datagram.remaining() / Sniffer.PACKET;
        boolean room = count < full;
        full = Math.max(full, count);
        for (int at = datagram.position(); at + Sniffer.PACKET <= end; at += Sniffer.PACKET) {
            int pid = packet(datagram, at, nanos);
            datagram.limit(end);
            room = pid == NOTHING || count < full;
            lastPid = pid == NOTHING ? lastPid : pid;
        }
        if (room && lastPid != NONE && lastPid == videoPid) {
            pes.roomBehind();
        }
    }

    /** Datagrams are missing. */
    void lost() {
        pes.broken();
        lastPid = NONE;
        pat.reset();
        pmt.reset();
        sit.reset();
        Arrays.fill(counters, (byte) NONE);
    }

    /** Another sender begins: nothing that was known holds. */
    void reset() {
        lost();
        pes.reset();
        pmtPid = NONE;
        videoPid = NONE;
        map = ProgramMap.EMPTY;
        packets = 0;
        full = 0;
        scrambled = false;
        status = null;
    }

    /** The stream_type of a video that is not H.264, 0 if there is none. */
    int otherVideo() {
        return videoPid == NONE ? map.otherVideo() : 0;
    }

    boolean hasVideo() {
        return videoPid != NONE;
    }

    /** What the tables name, for words. */
    String words() {
        return "H.264 on PID " + videoPid + map.soundWords();
    }

    /** The sound that the tables name. */
    Optional<SoundCodec> sound() {
        return map.sound();
    }

    boolean scrambled() {
        return scrambled;
    }

    /** What the box said last, if it said something in the last two seconds; null otherwise. */
    BoxStatus status(long nanos) {
        return status != null && nanos - statusNanos < 2_000_000_000L ? status : null;
    }

    /** Takes one packet, and gives its PID. */
    private int packet(ByteBuffer datagram, int at, long nanos) {
        int head = datagram.getInt(at);
        int pid = head >> 8 & 0x1fff;
        if (head >>> 24 != Sniffer.SYNC || (head & 0x80_0000) != 0) {
            // Damaged: whose it was cannot be told.
            pes.broken();
            return NONE;
        }
        if (videoPid == NONE && map.otherVideo() == 0 && ++packets > PACKETS_WITHOUT_TABLE && pid == USUAL_VIDEO) {
            videoPid = USUAL_VIDEO;
        }
        if (pid == videoPid || pid == PAT || pid == pmtPid || pid == STATUS) {
            wanted(datagram, at, head, nanos);
        }
        return pid;
    }

    private void wanted(ByteBuffer datagram, int at, int head, long nanos) {
        int pid = head >> 8 & 0x1fff;
        int payload = at + 4;
        boolean stuffed = false;
        boolean jump = false;
        if ((head & 0x20) != 0) {
            int length = datagram.get(at + 4) & 0xff;
            payload += 1 + length;
            int flags = length > 0 ? datagram.get(at + 5) & 0xff : 0;
            jump = (flags & 0x80) != 0;
            stuffed = length == 0 || length > used(datagram, at, flags);
        }
        if ((head & 0x10) == 0 || payload >= at + Sniffer.PACKET) {
            return;
        }
        long tail = datagram.getLong(at + Sniffer.PACKET - Long.BYTES);
        boolean same = pid != videoPid || tail == videoTail;
        if (continues(pid, head & 0x0f, jump, same)) {
            videoTail = pid == videoPid ? tail : videoTail;
            datagram.limit(at + Sniffer.PACKET).position(payload);
            deliver(pid, datagram, head, stuffed, nanos);
        }
    }

    private void deliver(int pid, ByteBuffer packet, int head, boolean stuffed, long nanos) {
        boolean start = (head & 0x40_0000) != 0;
        if (pid == videoPid) {
            scrambled = (head & 0xc0) != 0;
            if (!scrambled) {
                pes.payload(packet, start, stuffed, nanos);
            }
        } else if (pid == PAT) {
            pat.payload(packet, start);
        } else if (pid == pmtPid) {
            pmt.payload(packet, start);
        } else {
            sit.payload(packet, start);
        }
    }

    /**
     * Whether the packet is the next of its PID, after a gap at worst; false if it came twice.
     *
     * @param same whether it may be the one before: with an equal counter, another one is a gap of sixteen or a sender that began anew
     */
    private boolean continues(int pid, int counter, boolean jump, boolean same) {
        int last = counters[pid];
        counters[pid] = (byte) counter;
        if (last == NONE || jump || counter == (last + 1 & 0x0f)) {
            return true;
        }
        if (counter == last && same) {
            return false;
        }
        if (pid == videoPid) {
            pes.broken();
        } else {
            (pid == PAT ? pat : pid == pmtPid ? pmt : sit).reset();
        }
        return true;
    }

    /** Bytes of an adaptation field that are not stuffing: the flags and what they announce. */
    private static int used(ByteBuffer datagram, int at, int flags) {
        int used = 1 + ((flags & 0x10) != 0 ? 6 : 0) + ((flags & 0x08) != 0 ? 6 : 0) + ((flags & 0x04) != 0 ? 1 : 0);
        if ((flags & 0x02) != 0) {
            used += 1 + (datagram.get(Math.min(at + 5 + used, at + Sniffer.PACKET - 1)) & 0xff);
        }
        return (flags & 0x01) != 0 ? Integer.MAX_VALUE : used;
    }

    private void programs(ByteBuffer section) {
        if (section.get(0) != 0x00) {
            return;
        }
        for (int at = 8; at + 4 <= section.limit(); at += 4) {
            if (section.getShort(at) != 0) {
                int pid = section.getShort(at + 2) & 0x1fff;
                if (pid != pmtPid) {
                    pmtPid = pid;
                    pmt.reset();
                    counters[pid] = NONE;
                }
                return;
            }
        }
    }

    private void streams(ByteBuffer section) {
        Optional<ProgramMap> parsed = ProgramMap.parse(section);
        map = parsed.orElse(map);
        if (parsed.isPresent() && map.videoPid() != videoPid) {
            videoPid = map.videoPid();
            pes.reset();
            if (videoPid != NONE) {
                counters[videoPid] = NONE;
            }
        }
    }

    private void status(BoxStatus said) {
        status = said;
        statusNanos = now;
    }
}
