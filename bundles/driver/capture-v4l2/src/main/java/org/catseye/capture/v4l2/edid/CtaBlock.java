package org.catseye.capture.v4l2.edid;

import java.util.Optional;

/** An extension block for television sets and HDMI (CTA-861, section 7.3). */
final class CtaBlock {

    private static final int TAG = 2;
    private static final int FIRST_DATA_BLOCK = 4;
    private static final int LAST_BYTE = EdidBytes.BLOCK_BYTES - 1;
    private static final int TIMINGS_AT = 2;
    private static final int FLAGS = 3;
    private static final int BASIC_AUDIO = 0x40;
    private static final int AUDIO = 1;
    private static final int VIDEO = 2;
    private static final int VENDOR = 3;
    private static final int VENDOR_BYTES = 3;
    private static final int HDMI_VENDOR = 0x000c03;
    private static final int HDMI_FORUM_VENDOR = 0xc45dd8;
    private static final int NATIVE = 0x80;
    private static final int MAX_CODE_WITH_NATIVE_FLAG = 64;

    private final EdidBytes block;

    private CtaBlock(EdidBytes block) {
        this.block = block;
    }

    /** A data block: its kind, and where its content is. */
    private record DataBlock(int kind, int start, int length) {
    }

    private interface DataReader {
        void read(DataBlock data);
    }

    static Optional<CtaBlock> find(EdidBytes block) {
        return block.at(0) == TAG ? Optional.of(new CtaBlock(block)) : Optional.empty();
    }

    /** Where the detailed timings begin, which is where the data blocks end; 0 for none of both. */
    private int timingsAt() {
        return block.at(TIMINGS_AT);
    }

    void checkExtents() throws BadEdidException {
        int end = timingsAt();
        if (end != 0 && (end < FIRST_DATA_BLOCK || end > LAST_BYTE)) {
            throw new BadEdidException(block.positionInEdid(TIMINGS_AT), end, "0x00, or 0x04 to 0x7f: where the detailed timings begin");
        }
        int at = FIRST_DATA_BLOCK;
        while (at < end) {
            int next = at + 1 + lengthAt(at);
            if (next > end) {
                throw new BadEdidException(block.positionInEdid(at), block.at(at),
                    "the start of a data block of at most " + (end - at - 1) + " bytes, because the detailed timings begin there");
            }
            at = next;
        }
    }

    private int lengthAt(int at) {
        return block.at(at) & 0x1f;
    }

    private void forEachDataBlock(DataReader reader) {
        for (int at = FIRST_DATA_BLOCK; at < timingsAt(); at += 1 + lengthAt(at)) {
            reader.read(new DataBlock(block.at(at) >> 5, at + 1, lengthAt(at)));
        }
    }

    void addTimings(TimingList to) {
        if (timingsAt() == 0) {
            return;
        }
        for (int at = timingsAt(); at + EdidBytes.DETAILED_BYTES <= LAST_BYTE; at += EdidBytes.DETAILED_BYTES) {
            DetailedTiming.read(block, at).ifPresent(to::add);
        }
        forEachDataBlock(data -> {
            for (int i = 0; data.kind() == VIDEO && i < data.length(); i++) {
                int code = block.at(data.start() + i);
                boolean flagged = (code & NATIVE) != 0 && (code & ~NATIVE) <= MAX_CODE_WITH_NATIVE_FLAG;
                to.addCode(flagged ? code & ~NATIVE : code);
            }
        });
    }

    boolean isHdmi() {
        boolean[] found = {false};
        forEachDataBlock(data -> {
            if (data.kind() == VENDOR && data.length() >= VENDOR_BYTES) {
                int vendor = block.at(data.start()) | block.at(data.start() + 1) << 8 | block.at(data.start() + 2) << 16;
                found[0] |= vendor == HDMI_VENDOR || vendor == HDMI_FORUM_VENDOR;
            }
        });
        return found[0];
    }

    boolean hasAudio() {
        boolean[] found = {(block.at(FLAGS) & BASIC_AUDIO) != 0};
        forEachDataBlock(data -> found[0] |= data.kind() == AUDIO && data.length() > 0);
        return found[0];
    }
}
