package org.catseye.web.socket.video;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.catseye.video.PictureQuality;
import org.catseye.web.socket.video.LineMeter.Line;

/**
 * Chooses the quality that a viewer's line can take. It goes down within two seconds when frames take long, but not in the first three
 * seconds with a picture. It goes up again after a quiet period, which doubles each time a step up was too early, and is longer if the line
 * took far too little. Not thread-safe.
 */
final class AutoQuality {

    private static final int LONG_UNDER_WAY_MILLIS = 800;
    private static final int LONG_DELAY_MILLIS = 350;
    private static final int MAX_BASE_MILLIS = 300;
    private static final double FEW_FRAMES = 10;
    private static final double MOSTLY = 0.7;
    /** A line that takes less than this is too slow for BALANCED. */
    private static final int BALANCED_KILOBITS = 3_000;
    /** Smaller frames, such as drawings, are usually late for another reason than the line, such as a busy computer. */
    private static final int SMALL_BYTES = 8_000;
    /** Smaller frames do not become fewer bytes with another quality: a frame of H.264 for slow lines has about as many. */
    private static final int TINY_BYTES = 4_000;
    /** Small frames that take long for so many ticks are late because of the line, if it takes less than the lowest quality. */
    private static final int SMALL_LATE_TICKS = 4;
    private static final int SLOW_KILOBITS = 400;
    /** A page that starts on a busy computer takes long to draw the first picture. */
    private static final long START_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final int LARGE_BYTES = 30_000;
    /** After a change, what was under way before still arrives, and an encoder starts. */
    private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(2500);
    private static final long TRIAL_NANOS = TimeUnit.SECONDS.toNanos(8);
    private static final long FIRST_HOLD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MAX_HOLD_NANOS = TimeUnit.MINUTES.toNanos(2);
    /** A line that took less than half of what BALANCED needs is tried again after this time, unless it turns out to be faster now. */
    private static final int MUCH_TOO_SLOW_KILOBITS = BALANCED_KILOBITS / 2;
    private static final long MUCH_TOO_SLOW_HOLD_NANOS = TimeUnit.MINUTES.toNanos(1);

    private PictureQuality quality = PictureQuality.SHARP;
    private long changed;
    private boolean wentUp;
    private long hold = FIRST_HOLD_NANOS;
    private long calmSince;
    private int congestedTicks;
    /** Consecutive ticks in which small frames took long. */
    private int smallLateTicks;
    /** When the first picture was sent; empty before. */
    private OptionalLong started = OptionalLong.empty();
    private long updated;
    /** What the line took when it was too slow; 0 while the quality is SHARP. */
    private int slowLineKilobits;
    /** Whether the line was much too slow when the quality was lowered, and nothing shows yet that it has become faster. */
    private boolean muchTooSlow;

    AutoQuality(long now) {
        changed = now - SETTLE_NANOS;
        calmSince = now;
        updated = now;
    }

    PictureQuality quality() {
        return quality;
    }

    /** What the line took when it was too slow for a better quality, in kbit/s; 0 if it was not. */
    int slowLineKilobits() {
        return slowLineKilobits;
    }

    /** Decides anew; to be called about twice a second. */
    PictureQuality update(Line line, long now) {
        long passed = now - updated;
        updated = now;
        if (line.frames() == 0 && line.oldestMillis() == 0) {
            // A still picture says nothing about the line: this time does not count.
            calmSince += passed;
            changed += passed;
            return quality;
        }
        if (started.isEmpty()) {
            started = OptionalLong.of(now - passed);
        }
        if (slowLineKilobits > 0 && line.oldestMillis() > LONG_UNDER_WAY_MILLIS) {
            // What is still under way shows how slow the line is.
            slowLineKilobits = Math.min(slowLineKilobits, Math.max(line.kilobitsPerSecond(), line.lineKilobitsPerSecond()));
        }
        countSmallLate(line);
        if (now - changed < SETTLE_NANOS || now - started.getAsLong() < START_NANOS) {
            return quality;
        }
        muchTooSlow &= line.singleFrameKilobitsPerSecond() < BALANCED_KILOBITS;
        boolean congested = isCongested(line);
        congestedTicks = congested ? congestedTicks + 1 : 0;
        if (congested) {
            calmSince = now;
        }
        boolean large = line.frameBytes() > LARGE_BYTES;
        boolean sure = congestedTicks >= 2 || large && line.oldestMillis() > LONG_UNDER_WAY_MILLIS;
        if (congested && sure && quality != PictureQuality.SLOW) {
            goDown(line, now);
        } else if (!congested && quality != PictureQuality.SHARP && now - calmSince > holdNanos()) {
            quality = quality == PictureQuality.SLOW ? PictureQuality.BALANCED : PictureQuality.SHARP;
            slowLineKilobits = quality == PictureQuality.SHARP ? 0 : slowLineKilobits;
            wentUp = true;
            noteChange(now);
        } else if (wentUp && now - changed > SETTLE_NANOS + TRIAL_NANOS) {
            wentUp = false;
            hold = FIRST_HOLD_NANOS;
        }
        return quality;
    }

    private long holdNanos() {
        return muchTooSlow ? Math.max(hold, MUCH_TOO_SLOW_HOLD_NANOS) : hold;
    }

    private void goDown(Line line, long now) {
        boolean tooSlow = line.lineKilobitsPerSecond() < BALANCED_KILOBITS;
        quality = quality == PictureQuality.BALANCED || tooSlow ? PictureQuality.SLOW : PictureQuality.BALANCED;
        slowLineKilobits = line.lineKilobitsPerSecond();
        muchTooSlow = slowLineKilobits < MUCH_TOO_SLOW_KILOBITS;
        hold = wentUp ? Math.min(MAX_HOLD_NANOS, hold * 2) : hold;
        wentUp = false;
        noteChange(now);
    }

    private void noteChange(long now) {
        changed = now;
        calmSince = now;
        congestedTicks = 0;
    }

    private void countSmallLate(Line line) {
        boolean late = line.frameBytes() >= TINY_BYTES && line.oldestMillis() > LONG_UNDER_WAY_MILLIS && line.lineKilobitsPerSecond() < SLOW_KILOBITS;
        smallLateTicks = late ? smallLateTicks + 1 : 0;
    }

    private boolean isCongested(Line line) {
        if (quality == PictureQuality.SHARP && line.frameBytes() < SMALL_BYTES) {
            return smallLateTicks >= SMALL_LATE_TICKS;
        }
        int base = Math.min(line.baseMillis(), MAX_BASE_MILLIS);
        boolean late = line.oldestMillis() > LONG_UNDER_WAY_MILLIS || line.frames() > 0 && line.delayMillis() > LONG_DELAY_MILLIS + base;
        boolean choppy = line.frames() > 0 && line.framesPerSecond() < FEW_FRAMES && line.fullShare() > MOSTLY && line.delayMillis() > 2 * base + 50;
        return late || choppy;
    }
}
