package org.catseye.capture.v4l2.edid;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catseye.video.IncomingSignal.Timing;

/** The common video identification codes (CTA-861, table 3). Rates of interlaced timings are frames, not fields. */
final class VideoCodes {

    private static final Map<Integer, Timing> TIMINGS = new HashMap<>();

    static {
        add(640, 480, 60, false, 1);
        add(720, 480, 60, false, 2, 3);
        add(1280, 720, 60, false, 4, 69);
        add(1920, 1080, 30, true, 5);
        add(1440, 480, 30, true, 6, 7);
        add(1920, 1080, 60, false, 16, 76);
        add(720, 576, 50, false, 17, 18);
        add(1280, 720, 50, false, 19, 68);
        add(1920, 1080, 25, true, 20);
        add(1440, 576, 25, true, 21, 22);
        add(1920, 1080, 50, false, 31, 75);
        add(1920, 1080, 24, false, 32, 72);
        add(1920, 1080, 25, false, 33, 73);
        add(1920, 1080, 30, false, 34, 74);
        add(1280, 720, 100, false, 41, 70);
        add(1280, 720, 120, false, 47, 71);
        add(1280, 720, 24, false, 60, 65);
        add(1280, 720, 25, false, 61, 66);
        add(1280, 720, 30, false, 62, 67);
        add(1920, 1080, 120, false, 63, 78);
        add(1920, 1080, 100, false, 64, 77);
        add(3840, 2160, 24, false, 93, 103);
        add(3840, 2160, 25, false, 94, 104);
        add(3840, 2160, 30, false, 95, 105);
        add(3840, 2160, 50, false, 96, 106);
        add(3840, 2160, 60, false, 97, 107);
        add(4096, 2160, 24, false, 98);
        add(4096, 2160, 25, false, 99);
        add(4096, 2160, 30, false, 100);
        add(4096, 2160, 50, false, 101);
        add(4096, 2160, 60, false, 102);
    }

    private static void add(int width, int height, double fps, boolean interlaced, int... codes) {
        for (int code : codes) {
            TIMINGS.put(code, new Timing(width, height, fps, interlaced));
        }
    }

    static Optional<Timing> find(int code) {
        return Optional.ofNullable(TIMINGS.get(code));
    }

    private VideoCodes() {
    }
}
