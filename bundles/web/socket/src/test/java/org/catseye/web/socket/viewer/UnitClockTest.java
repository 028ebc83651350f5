package org.catseye.web.socket.viewer;

import static org.junit.Assert.assertEquals;

import java.util.concurrent.TimeUnit;
import org.catseye.video.Frame;
import org.catseye.web.socket.FakeHttp;
import org.junit.Test;

public class UnitClockTest {

    private long nowMillis = 5_000;
    private final UnitClock clock = new UnitClock(() -> TimeUnit.MILLISECONDS.toNanos(nowMillis));

    @Test
    public void newPicturesHaveTheirCaptureTime() {
        assertEquals(4_900, at(5_000, 4_900));
        assertEquals(4_940, at(5_045, 4_940));
    }

    @Test
    public void aPictureThatIsSentAgainHasTheTimeOfItsArrival() {
        at(5_000, 4_900);
        assertEquals(5_040, at(5_040, 4_900));
        assertEquals(9_000, at(9_000, 4_900));
        assertEquals("captured before, but later in the stream", 9_001, at(9_050, 8_980));
        assertEquals(9_100, at(9_150, 9_100));
    }

    @Test
    public void picturesThatWereKeptFollowEachOtherAtAUsualRate() {
        at(5_000, 1_000);
        assertEquals(1_040, at(5_000, 1_000));
        assertEquals(1_080, at(5_000, 1_000));
        assertEquals(4_950, at(5_000, 4_950));
        assertEquals(4_990, at(5_000, 4_950));
        assertEquals("not in the future", 5_000, at(5_000, 4_950));
    }

    private long at(long arrivedMillis, long capturedMillis) {
        nowMillis = arrivedMillis;
        Frame frame = FakeHttp.proxy(Frame.class, (self, method, args) -> TimeUnit.MILLISECONDS.toNanos(capturedMillis));
        return TimeUnit.NANOSECONDS.toMillis(clock.nextNanos(frame));
    }
}
