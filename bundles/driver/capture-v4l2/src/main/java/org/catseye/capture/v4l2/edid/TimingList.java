package org.catseye.capture.v4l2.edid;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catseye.video.IncomingSignal.Timing;

/** Collects the timings of an EDID without repetitions. */
final class TimingList {

    private static final Comparator<Timing> LARGEST_FIRST = Comparator.<Timing>comparingLong(timing -> -(long) timing.width() * timing.height())
        .thenComparing(Timing::interlaced).thenComparing(Comparator.comparingDouble(Timing::fps).reversed());

    private final Map<String, Timing> byDescription = new LinkedHashMap<>();
    private final List<Integer> unknownCodes = new ArrayList<>();

    /** Rates that round to the same hundredth count as equal. */
    void add(Timing timing) {
        byDescription.putIfAbsent(timing.description(), timing);
    }

    /** @param code a video identification code of CTA-861 */
    void addCode(int code) {
        VideoCodes.find(code).ifPresentOrElse(this::add, () -> {
            if (!unknownCodes.contains(code)) {
                unknownCodes.add(code);
            }
        });
    }

    List<Timing> largestFirst() {
        return byDescription.values().stream().sorted(LARGEST_FIRST).toList();
    }

    List<Integer> unknownCodes() {
        return List.copyOf(unknownCodes);
    }
}
