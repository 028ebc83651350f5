package org.catseye.core.video.capture;

import static org.junit.Assert.assertEquals;

import java.util.concurrent.TimeUnit;
import org.catseye.core.video.capture.SourcePresence.State;
import org.catseye.video.VideoState.Condition;
import org.junit.Test;

public class SourcePresenceTest {

    private final SourcePresence presence = new SourcePresence();
    private long now = -5;

    @Test
    public void theFirstNoDeviceCountsAtOnce() {
        presence.noteCondition(Condition.CONNECTING, now);
        assertEquals(State.UNKNOWN, presence.state());
        presence.noteCondition(Condition.NO_DEVICE, now);
        assertEquals(State.ABSENT, presence.state());
        assertEquals("nothing to wait for", 0, presence.settle(now));
    }

    @Test
    public void anotherConditionCountsWhenItHasLasted() {
        presence.noteCondition(Condition.CONNECTING, now);
        passMillis(1_500);
        presence.noteCondition(Condition.NO_SIGNAL, now);
        assertEquals(TimeUnit.MILLISECONDS.toNanos(500), presence.settle(now));
        passMillis(500);
        presence.settle(now);
        assertEquals(State.PRESENT, presence.state());
    }

    @Test
    public void aFrameCountsAtOnce() {
        presence.noteCondition(Condition.NO_DEVICE, now);
        presence.noteFrame();
        assertEquals(State.PRESENT, presence.state());
        assertEquals(0, presence.settle(now));
    }

    @Test
    public void aShortAttemptDoesNotRestartTheTimeOfAMissingSource() {
        presence.noteFrame();
        presence.noteCondition(Condition.NO_DEVICE, now);
        passMillis(1_900);
        presence.noteCondition(Condition.CONNECTING, now);
        passMillis(200);
        presence.settle(now);
        assertEquals("it may be back", State.PRESENT, presence.state());
        presence.noteCondition(Condition.NO_DEVICE, now);
        presence.settle(now);
        assertEquals(State.ABSENT, presence.state());
    }

    @Test
    public void anAttemptThatLastedDoesRestartIt() {
        presence.noteFrame();
        presence.noteCondition(Condition.NO_DEVICE, now);
        presence.noteCondition(Condition.NO_SIGNAL, now);
        passMillis(3_000);
        presence.noteCondition(Condition.NO_DEVICE, now);
        presence.settle(now);
        assertEquals(State.PRESENT, presence.state());
        passMillis(2_000);
        presence.settle(now);
        assertEquals(State.ABSENT, presence.state());
    }

    private void passMillis(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
