package org.catseye.capture.v4l2.edid;

import java.util.Optional;
import org.catseye.video.IncomingSignal.Timing;

/** The first block of an EDID (E-EDID A.2, section 3). */
final class BaseBlock {

    /** The number of blocks that follow. */
    static final int EXTENSIONS = 126;
    /** Tags of texts. */
    static final int NAME = 0xfc;
    static final int SERIAL = 0xff;

    private static final int[] HEADER = {0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0};
    private static final int MANUFACTURER = 8;
    private static final int PRODUCT = 10;
    private static final int YEAR = 17;
    private static final int VERSION = 18;
    private static final int FIRST_YEAR = 1990;
    private static final int ESTABLISHED = 35;
    private static final int STANDARD = 38;
    private static final int STANDARD_ENTRIES = 8;
    private static final int UNUSED_ENTRY = 1;
    private static final int DETAILED = 54;
    private static final int DETAILED_ENTRIES = 4;
    private static final int TEXT = 5;
    private static final int TEXT_BYTES = 13;
    /** Height for a width of 1 by the two bits of a standard timing. */
    private static final double[] SHAPES = {10.0 / 16, 3.0 / 4, 4.0 / 5, 9.0 / 16};

    /** From the highest bit of the first byte to the highest of the third. */
    private static final Timing[] ESTABLISHED_TIMINGS = {
        progressive(720, 400, 70), progressive(720, 400, 88), progressive(640, 480, 60), progressive(640, 480, 67), progressive(640, 480, 72),
        progressive(640, 480, 75), progressive(800, 600, 56), progressive(800, 600, 60), progressive(800, 600, 72), progressive(800, 600, 75),
        progressive(832, 624, 75), new Timing(1024, 768, 43.5, true), progressive(1024, 768, 60), progressive(1024, 768, 70),
        progressive(1024, 768, 75), progressive(1280, 1024, 75), progressive(1152, 870, 75)};

    private final EdidBytes block;

    BaseBlock(EdidBytes block) {
        this.block = block;
    }

    private static Timing progressive(int width, int height, double fps) {
        return new Timing(width, height, fps, false);
    }

    void checkHeader() throws BadEdidException {
        for (int i = 0; i < HEADER.length; i++) {
            if (block.at(i) != HEADER[i]) {
                throw new BadEdidException(i, block.at(i), String.format("0x%02x, because an EDID begins with 00 ff ff ff ff ff ff 00", HEADER[i]));
            }
        }
        if (block.at(VERSION) != 1) {
            throw new BadEdidException(VERSION, block.at(VERSION), "0x01, the version of the format");
        }
    }

    int extensions() {
        return block.at(EXTENSIONS);
    }

    String version() {
        return block.at(VERSION) + "." + block.at(VERSION + 1);
    }

    /** Three letters of five bits each. */
    String manufacturer() {
        int packed = block.at(MANUFACTURER) << 8 | block.at(MANUFACTURER + 1);
        StringBuilder letters = new StringBuilder();
        for (int shift = 10; shift >= 0; shift -= 5) {
            int letter = packed >> shift & 0x1f;
            letters.append(letter >= 1 && letter <= 26 ? (char) ('A' + letter - 1) : '?');
        }
        return letters.toString();
    }

    int product() {
        return block.at(PRODUCT) | block.at(PRODUCT + 1) << 8;
    }

    int year() {
        return FIRST_YEAR + block.at(YEAR);
    }

    /** @return empty if there is no such text */
    String findText(int tag) {
        for (int i = 0; i < DETAILED_ENTRIES; i++) {
            int at = DETAILED + i * EdidBytes.DETAILED_BYTES;
            if (block.at(at) == 0 && block.at(at + 1) == 0 && block.at(at + 3) == tag) {
                return block.readText(at + TEXT, TEXT_BYTES);
            }
        }
        return "";
    }

    Optional<Timing> preferredTiming() {
        return DetailedTiming.read(block, DETAILED);
    }

    void addTimings(TimingList to) {
        for (int i = 0; i < DETAILED_ENTRIES; i++) {
            DetailedTiming.read(block, DETAILED + i * EdidBytes.DETAILED_BYTES).ifPresent(to::add);
        }
        for (int i = 0; i < ESTABLISHED_TIMINGS.length; i++) {
            if ((block.at(ESTABLISHED + i / 8) & 0x80 >> i % 8) != 0) {
                to.add(ESTABLISHED_TIMINGS[i]);
            }
        }
        for (int i = 0; i < STANDARD_ENTRIES; i++) {
            addStandard(STANDARD + 2 * i, to);
        }
    }

    private void addStandard(int at, TimingList to) {
        int size = block.at(at);
        int shapeAndRate = block.at(at + 1);
        if (size == 0 || size == UNUSED_ENTRY && shapeAndRate == UNUSED_ENTRY) {
            return;
        }
        int width = (size + 31) * 8;
        to.add(progressive(width, (int) Math.round(width * SHAPES[shapeAndRate >> 6]), (shapeAndRate & 0x3f) + 60));
    }
}
