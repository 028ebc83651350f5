package org.catseye.capture.v4l2.edid;

import java.util.Optional;
import org.catseye.video.IncomingSignal.Timing;

/** Reads a detailed timing of 18 bytes (E-EDID A.2, section 3.10.2). */
final class DetailedTiming {

    private static final double HERTZ_PER_UNIT = 10_000;
    private static final int INTERLACED = 0x80;

    /** @return empty if it is a display descriptor instead of a timing, or describes no picture */
    static Optional<Timing> read(EdidBytes block, int at) {
        int clock = block.at(at) | block.at(at + 1) << 8;
        int width = block.readWithUpperHalf(at + 2, at + 4);
        int lines = block.readWithUpperHalf(at + 5, at + 7);
        if (clock == 0 || width == 0 || lines == 0) {
            return Optional.empty();
        }
        double totalWidth = width + block.readWithLowerHalf(at + 3, at + 4);
        double totalLines = lines + block.readWithLowerHalf(at + 6, at + 7);
        boolean interlaced = (block.at(at + 17) & INTERLACED) != 0;
        // The lines are those of a field; a frame has two fields and one line more.
        double linesPerFrame = interlaced ? 2 * totalLines + 1 : totalLines;
        return Optional.of(new Timing(width, interlaced ? 2 * lines : lines, clock * HERTZ_PER_UNIT / (totalWidth * linesPerFrame), interlaced));
    }

    private DetailedTiming() {
    }
}
