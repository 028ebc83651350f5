package org.catseye.web.socket.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.video.Delivery;
import org.catseye.video.PictureQuality;
import org.junit.Test;

public class QualityControlTest {

    private static final Delivery SLOW = new Delivery(PictureQuality.SLOW, "fake", "");
    private final LineMeter meter = new LineMeter();
    private long now = TimeUnit.HOURS.toNanos(1);
    private final QualityControl control = new QualityControl(QualityChoice.SLOW, meter, now);

    /** Half a second later. */
    private Optional<String> next(Delivery delivery) {
        now += TimeUnit.MILLISECONDS.toNanos(500);
        return control.nextStatus(delivery, Optional.empty(), Optional.empty(), now);
    }

    private int countMessages(int ticks) {
        int messages = 0;
        for (int i = 0; i < ticks; i++) {
            messages += next(SLOW).isPresent() ? 1 : 0;
        }
        return messages;
    }

    @Test
    public void aStillPictureIsReportedOnceASecond() {
        assertEquals(10, countMessages(20));
    }

    @Test
    public void whileFramesFlowEachTickIsReported() {
        for (int i = 0; i < 10; i++) {
            meter.recordSent(5_000, false, now);
            assertTrue(next(SLOW).isPresent());
            meter.recordAcknowledged(1, now);
            assertTrue(next(SLOW).isPresent());
        }
    }

    @Test
    public void aChangeOfAStillPictureIsReportedAtOnce() {
        assertTrue(next(SLOW).isPresent());
        assertFalse(next(SLOW).isPresent());
        assertTrue(next(new Delivery(PictureQuality.SHARP, "", "The encoder failed.")).orElseThrow().contains("The encoder failed."));
        control.choose(QualityChoice.AUTO);
        assertTrue(next(SLOW).orElseThrow().contains("\"auto\""));
    }
}
