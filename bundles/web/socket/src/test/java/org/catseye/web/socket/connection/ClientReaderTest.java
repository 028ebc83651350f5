package org.catseye.web.socket.connection;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import org.catseye.web.socket.FakeScheduler;
import org.catseye.web.socket.HarshEndPoint;
import org.eclipse.jetty.util.thread.Invocable.InvocationType;
import org.junit.Test;

public class ClientReaderTest {

    private static final long STEP = ClientReader.MAX_BEHIND_NANOS / 10;

    private final HarshEndPoint wire = new HarshEndPoint(new FakeScheduler());
    private Runnable resume = () -> { };
    private boolean affordable;
    private int received;
    private long nanos = Long.MAX_VALUE - 3 * STEP;
    private final ClientReader reader = new ClientReader(wire, this::receive, this::charge, InvocationType.NON_BLOCKING, () -> nanos);

    private int receive(ByteBuffer bytes) {
        received += bytes.remaining();
        return 1;
    }

    private boolean charge(int messages, Runnable later) {
        resume = later;
        return affordable;
    }

    private void begin() {
        reader.startReading(ByteBuffer.allocate(0));
    }

    @Test
    public void aClientThatIsAlwaysBehindItsBudgetIsDisconnected() {
        begin();
        int rounds = 0;
        while (wire.isOpen() && rounds < 20) {
            rounds++;
            wire.sendUnseen(new byte[] {1});
            resume.run();
            wire.send(new byte[] {2});
            nanos += STEP;
        }
        assertFalse(wire.isOpen());
        assertTrue("not before its time: " + rounds, rounds > 10);
    }

    @Test
    public void aClientThatCatchesUpStaysHoweverOftenItHasToWait() {
        begin();
        for (int round = 0; round < 50; round++) {
            affordable = false;
            wire.send(new byte[] {1});
            nanos += STEP;
            affordable = true;
            resume.run();
            // It is read on until there is nothing more.
            wire.send(new byte[] {2});
        }
        assertTrue(wire.isOpen());
        assertEquals(100, received);
    }
}
