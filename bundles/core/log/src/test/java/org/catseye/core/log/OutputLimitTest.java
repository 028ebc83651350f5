package org.catseye.core.log;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertSame;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.Test;

public class OutputLimitTest {

    @Test
    public void theOutputOfTheProcessIsLimitedUntilTheLimitIsRemoved() {
        PrintStream before = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintStream terminal = new PrintStream(written, true);
        System.setOut(terminal);
        try {
            OutputLimit limit = new OutputLimit();
            limit.install();
            for (int i = 0; i < 50_000; i++) {
                System.out.print("x\n");
            }
            limit.remove();
            assertEquals(LimitedOutput.MAX_BURST, written.toString().lines().count(), LimitedOutput.MAX_BURST);
            assertSame(terminal, System.out);
        } finally {
            System.setOut(before);
        }
    }
}
