package org.catseye.core.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.Test;

public class LimitedOutputTest {

    private static final int LINES = 100_000;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final List<Long> reports = new ArrayList<>();
    private long now = 1;
    private final PrintStream out = new PrintStream(new LimitedOutput(written, () -> now, reports::add), true);

    private void flood() {
        for (int i = 0; i < LINES; i++) {
            out.print("a line that is printed again and again\n");
        }
    }

    @Test
    public void aFloodIsCutAndReportedOnceAMinute() {
        flood();
        assertEquals(LimitedOutput.MAX_BURST, written.toString().lines().count());
        assertEquals(1, reports.size());
        now += TimeUnit.SECONDS.toNanos(61);
        written.reset();
        flood();
        assertTrue("it goes on slowly", written.toString().lines().count() <= 61 * LimitedOutput.MAX_PER_SECOND);
        assertEquals(2, reports.size());
        assertTrue("what was left out meanwhile", reports.get(1) > 1_000_000);
    }

    @Test
    public void anotherThreadStillPrints() throws Exception {
        flood();
        written.reset();
        Thread other = new Thread(() -> out.print("something important\n"));
        other.start();
        other.join();
        assertEquals("something important\n", written.toString());
    }

    @Test
    public void hugeWritesCountAsManyLines() throws IOException {
        byte[] huge = new byte[1 << 20];
        for (int i = 0; i < 10; i++) {
            out.write(huge);
        }
        assertTrue(written.size() + " bytes", written.size() < huge.length);
    }
}
