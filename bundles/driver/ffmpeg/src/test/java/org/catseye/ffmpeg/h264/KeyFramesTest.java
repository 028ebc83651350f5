package org.catseye.ffmpeg.h264;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class KeyFramesTest {

    private static final long BEGIN = Long.MAX_VALUE - 1_000;

    private final KeyFrames keyFrames = new KeyFrames(24);

    @Test
    public void viewersThatAskAllTheTimeGetTwoASecond() {
        assertEquals(20, countIn(10_000, new KeyFrames(24)));
        assertEquals("at the rate of slow lines", 10, countIn(10_000, new KeyFrames(12)));
    }

    @Test
    public void theFirstOneIsNotDelayedAndAnEarlyRequestIsMetLater() {
        assertFalse("nobody needs one", keyFrames.isDue(false, at(0)));
        assertTrue(keyFrames.isDue(true, at(0)));
        keyFrames.recordWritten(at(0));
        assertFalse("it is on its way", keyFrames.isDue(true, at(600)));
        keyFrames.recordArrival();
        assertFalse(keyFrames.isDue(true, at(499)));
        assertTrue(keyFrames.isDue(true, at(500)));
        assertFalse(keyFrames.isDue(false, at(500)));
    }

    @Test
    public void oneThatIsLostIsReplacedAtOnce() {
        keyFrames.recordWritten(at(0));
        keyFrames.recordLoss();
        assertTrue(keyFrames.isDue(false, at(10)));
        keyFrames.recordWritten(at(10));
        assertFalse(keyFrames.isDue(false, at(20)));
        keyFrames.recordArrival();
        assertFalse(keyFrames.isDue(true, at(30)));
        assertTrue(keyFrames.isDue(true, at(510)));
    }

    private static int countIn(int millis, KeyFrames made) {
        int count = 0;
        for (int time = 0; time < millis; time += 20) {
            if (made.isDue(true, at(time))) {
                count++;
                made.recordWritten(at(time));
                made.recordArrival();
            }
        }
        return count;
    }

    private static long at(int millis) {
        return BEGIN + TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
