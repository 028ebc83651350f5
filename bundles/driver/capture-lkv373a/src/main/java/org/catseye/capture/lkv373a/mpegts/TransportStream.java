package org.catseye.capture.lkv373a.mpegts;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.catseye.video.SoundCodec;

/**
 * Extracts the video and the box's status from a transport stream (ISO/IEC 13818-1). The PIDs come from the stream's tables; without
 * tables, the boxes' usual PIDs are used. Gaps in the continuity counters of the extracted PIDs count as losses. For one thread;
 * packets create no garbage.
 */
public final class TransportStream {

    /** Bytes of a transport packet. */
    public static final int PACKET_BYTES = 188;
    /** The first byte of each packet. */
    public static final int SYNC_BYTE = 0x47;

    /** The boxes' PIDs for video and status (fragtion/lkv373a-v3-tx, startup logs of the encoder). */
    private static final int USUAL_VIDEO_PID = 0x7d1;
    private static final int STATUS_PID = 0x77;
    private static final int TABLE_PID = 0;
    private static final int NULL_PID = 0x1fff;
    private static final int NO_PID = ProgramMap.NO_PID;
    /** After this many packets without a table the usual PIDs are used: about half a second of a slow stream. */
    private static final int MAX_PACKETS_WITHOUT_TABLE = 400;
    private static final long STATUS_TIMEOUT_NANOS = 2_000_000_000L;

    private final PesParser pes;
    private final byte[] counters = new byte[0x2000];
    private final SectionAssembler programs = new SectionAssembler(this::handlePrograms);
    private final SectionAssembler programMap = new SectionAssembler(this::handleProgramMap);
    private final SectionAssembler statusTable = new SectionAssembler(this::handleStatusTable);
    private int programMapPid = NO_PID;
    private int videoPid = NO_PID;
    private ProgramMap map = ProgramMap.EMPTY;
    private int packetsWithoutTable;
    /** Packets in the largest datagram so far. */
    private int packetsInFullDatagram;
    /** PID of the last packet that was not a null packet. */
    private int lastPid = NO_PID;
    /** The last bytes of the video's last packet; a packet that arrives twice ends in the same bytes. */
    private long lastVideoBytes;
    private boolean scrambled;
    private BoxStatus lastStatus;
    private long statusNanos;
    private long currentNanos;

    public TransportStream(AccessUnitSink sink) {
        pes = new PesParser(sink);
        Arrays.fill(counters, (byte) NO_PID);
    }

    /** Takes whole packets: those between position and limit. @param nanos when they arrived, {@link System#nanoTime()} */
    public void acceptPackets(ByteBuffer datagram, long nanos) {
        currentNanos = nanos;
        int end = datagram.limit();
        int count = datagram.remaining() / PACKET_BYTES;
        boolean spareRoom = count < packetsInFullDatagram;
        packetsInFullDatagram = Math.max(packetsInFullDatagram, count);
        for (int at = datagram.position(); at + PACKET_BYTES <= end; at += PACKET_BYTES) {
            int pid = acceptPacket(datagram, at);
            datagram.limit(end);
            spareRoom = pid == NULL_PID || count < packetsInFullDatagram;
            lastPid = pid == NULL_PID ? lastPid : pid;
        }
        if (spareRoom && lastPid != NO_PID && lastPid == videoPid) {
            pes.handleSpareRoom();
        }
    }

    /** Datagrams were lost. */
    public void handleLoss() {
        pes.handleLoss();
        lastPid = NO_PID;
        programs.discardPartial();
        programMap.discardPartial();
        statusTable.discardPartial();
        Arrays.fill(counters, (byte) NO_PID);
    }

    /** Forgets everything, because another stream begins. */
    public void resetStream() {
        handleLoss();
        pes.resetStream();
        programMapPid = NO_PID;
        videoPid = NO_PID;
        map = ProgramMap.EMPTY;
        packetsWithoutTable = 0;
        packetsInFullDatagram = 0;
        scrambled = false;
        lastStatus = null;
    }

    /** The kind of video in the stream if it is not H.264. */
    public UnsupportedVideo unsupportedVideo() {
        return videoPid == NO_PID ? map.unsupportedVideo() : UnsupportedVideo.NONE;
    }

    /** The video and sound in the stream, for users. */
    public String description() {
        return "H.264 on PID " + videoPid + map.soundDescription();
    }

    /** The codec of the sound that the tables list; empty if they list none. */
    public Optional<SoundCodec> soundCodec() {
        return map.sound();
    }

    /** Whether the video is encrypted. */
    public boolean isScrambled() {
        return scrambled;
    }

    /** The box's last status; empty if it is older than two seconds. */
    public Optional<BoxStatus> recentStatus(long nanos) {
        return lastStatus != null && nanos - statusNanos < STATUS_TIMEOUT_NANOS ? Optional.of(lastStatus) : Optional.empty();
    }

    /** Takes one packet. @return its PID */
    private int acceptPacket(ByteBuffer datagram, int at) {
        int header = datagram.getInt(at);
        int pid = header >> 8 & 0x1fff;
        if (header >>> 24 != SYNC_BYTE || (header & 0x80_0000) != 0) {
            // A damaged packet may belong to any PID.
            pes.handleLoss();
            return NO_PID;
        }
        if (videoPid == NO_PID && map.unsupportedVideo() == UnsupportedVideo.NONE && ++packetsWithoutTable > MAX_PACKETS_WITHOUT_TABLE
            && pid == USUAL_VIDEO_PID) {
            videoPid = USUAL_VIDEO_PID;
        }
        if (pid == videoPid || pid == TABLE_PID || pid == programMapPid || pid == STATUS_PID) {
            extractPayload(datagram, at, header);
        }
        return pid;
    }

    private void extractPayload(ByteBuffer datagram, int at, int header) {
        int pid = header >> 8 & 0x1fff;
        int payload = at + 4;
        boolean stuffed = false;
        boolean discontinuity = false;
        if ((header & 0x20) != 0) {
            int length = datagram.get(at + 4) & 0xff;
            payload += 1 + length;
            int flags = length > 0 ? datagram.get(at + 5) & 0xff : 0;
            discontinuity = (flags & 0x80) != 0;
            stuffed = length == 0 || length > countUsedBytes(datagram, at, flags);
        }
        if ((header & 0x10) == 0 || payload >= at + PACKET_BYTES) {
            return;
        }
        long lastBytes = datagram.getLong(at + PACKET_BYTES - Long.BYTES);
        boolean mayRepeat = pid != videoPid || lastBytes == lastVideoBytes;
        if (acceptCounter(pid, header & 0x0f, discontinuity, mayRepeat)) {
            lastVideoBytes = pid == videoPid ? lastBytes : lastVideoBytes;
            datagram.limit(at + PACKET_BYTES).position(payload);
            deliverPayload(pid, datagram, header, stuffed);
        }
    }

    private void deliverPayload(int pid, ByteBuffer packet, int header, boolean stuffed) {
        boolean start = (header & 0x40_0000) != 0;
        if (pid == videoPid) {
            scrambled = (header & 0xc0) != 0;
            if (!scrambled) {
                pes.acceptPayload(packet, start, stuffed, currentNanos);
            }
        } else {
            assemblerFor(pid).acceptPayload(packet, start);
        }
    }

    private SectionAssembler assemblerFor(int pid) {
        return pid == TABLE_PID ? programs : pid == programMapPid ? programMap : statusTable;
    }

    /**
     * Checks the continuity counter, and reports a gap.
     *
     * @param mayRepeat whether the packet may be the previous one again. If not, an equal counter is a gap of sixteen packets, or a
     *     restarted sender
     * @return false if the packet arrived twice
     */
    private boolean acceptCounter(int pid, int counter, boolean discontinuity, boolean mayRepeat) {
        int last = counters[pid];
        counters[pid] = (byte) counter;
        if (last == NO_PID || discontinuity || counter == (last + 1 & 0x0f)) {
            return true;
        }
        if (counter == last && mayRepeat) {
            return false;
        }
        if (pid == videoPid) {
            pes.handleLoss();
        } else {
            assemblerFor(pid).discardPartial();
        }
        return true;
    }

    /** Bytes of an adaptation field that are not stuffing: the flags and the fields that they announce. */
    private static int countUsedBytes(ByteBuffer datagram, int at, int flags) {
        int used = 1 + ((flags & 0x10) != 0 ? 6 : 0) + ((flags & 0x08) != 0 ? 6 : 0) + ((flags & 0x04) != 0 ? 1 : 0);
        if ((flags & 0x02) != 0) {
            used += 1 + (datagram.get(Math.min(at + 5 + used, at + PACKET_BYTES - 1)) & 0xff);
        }
        return (flags & 0x01) != 0 ? Integer.MAX_VALUE : used;
    }

    private void handlePrograms(ByteBuffer section) {
        if (section.get(0) != 0x00) {
            return;
        }
        for (int at = 8; at + 4 <= section.limit(); at += 4) {
            if (section.getShort(at) != 0) {
                int pid = section.getShort(at + 2) & 0x1fff;
                if (pid != programMapPid) {
                    programMapPid = pid;
                    programMap.discardPartial();
                    counters[pid] = NO_PID;
                }
                return;
            }
        }
    }

    private void handleProgramMap(ByteBuffer section) {
        Optional<ProgramMap> parsed = ProgramMap.parseSection(section);
        map = parsed.orElse(map);
        if (parsed.isPresent() && map.videoPid() != videoPid) {
            videoPid = map.videoPid();
            pes.resetStream();
            if (videoPid != NO_PID) {
                counters[videoPid] = NO_PID;
            }
        }
    }

    private void handleStatusTable(ByteBuffer section) {
        BoxStatus.parseSection(section).ifPresent(status -> {
            lastStatus = status;
            statusNanos = currentNanos;
        });
    }
}
