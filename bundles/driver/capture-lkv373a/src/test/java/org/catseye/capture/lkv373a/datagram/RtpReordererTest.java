package org.catseye.capture.lkv373a.datagram;

import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.Test;

public class RtpReordererTest {

    private final List<String> out = new ArrayList<>();
    private final RtpReorderer reorderer = new RtpReorderer(new RtpReorderer.OrderedOutput() {
        @Override
        public void deliverDatagram(ByteBuffer datagram, long nanos) {
            out.add(Integer.toString(datagram.getShort(datagram.position()) & 0xffff));
        }

        @Override
        public void reportLoss(int datagrams) {
            out.add("lost " + datagrams);
        }
    });

    @Test
    public void datagramsInOrderAreDeliveredImmediately() {
        feed(0, 65534, 65535, 0, 1);
        assertEquals(List.of("65534", "65535", "0", "1"), out);
    }

    @Test
    public void swappedDatagramsAreReordered() {
        feed(0, 1, 3, 4, 2, 5, 7, 6, 8);
        assertEquals(List.of("1", "2", "3", "4", "5", "6", "7", "8"), out);
    }

    @Test
    public void missingDatagramIsALossAfterATimeout() {
        feed(0, 1, 3);
        feed(RtpReorderer.GAP_TIMEOUT_NANOS, 4);
        assertEquals(List.of("1"), out);
        reorderer.expireGap(RtpReorderer.GAP_TIMEOUT_NANOS + 1);
        assertEquals(List.of("1", "lost 1", "3", "4"), out);
    }

    @Test
    public void fullWindowDoesNotWait() {
        feed(0, 1);
        for (int i = 3; i < 3 + RtpReorderer.WINDOW; i++) {
            feed(0, i);
        }
        assertEquals("lost 1", out.get(1));
        assertEquals(Integer.toString(2 + RtpReorderer.WINDOW), out.get(out.size() - 1));
        assertEquals(2 + RtpReorderer.WINDOW, out.size());
    }

    @Test
    public void duplicateAndLateDatagramsAreDropped() {
        feed(0, 1, 2, 2, 1, 3, 5, 5, 4);
        assertEquals(List.of("1", "2", "3", "4", "5"), out);
    }

    @Test
    public void restartedSenderIsFollowed() {
        feed(0, 1, 2, 30_000, 30_001);
        assertEquals(List.of("1", "2", "lost -1", "30000", "30001"), out);
    }

    @Test
    public void senderThatRestartedALittleBehindIsFollowedSoon() {
        feed(0, 800, 801);
        for (int i = 300; i < 340; i++) {
            feed(0, i);
        }
        assertEquals("801", out.get(1));
        assertEquals("lost -1", out.get(2));
        assertEquals(Integer.toString(300 + RtpReorderer.WINDOW), out.get(3));
        assertEquals("339", out.get(out.size() - 1));
    }

    @Test
    public void senderWithAnotherStreamNumberIsFollowedImmediately() {
        for (int begin : new int[] {2, 790, 795, 803, 810, 1700}) {
            out.clear();
            reorderer.resetOrder();
            stream = 1;
            feed(0, 800, 801);
            stream = 2;
            feed(0, begin, begin + 1);
            assertEquals(List.of("800", "801", "lost -1", Integer.toString(begin), Integer.toString(begin + 1)), out);
        }
    }

    @Test
    public void anotherStreamNumberInOrderIsHarmless() {
        for (stream = 0; stream < 10; stream++) {
            feed(0, stream);
        }
        assertEquals(10, out.size());
    }

    @Test
    public void duplicatesDoNotLookLikeARestartedSender() {
        for (int i = 0; i < 200; i++) {
            feed(0, i, Math.max(0, i - 20));
        }
        assertEquals(200, out.size());
    }

    @Test
    public void longGapIsCounted() {
        feed(0, 1, 500, 501);
        assertEquals("500", out.get(out.size() - 2));
        long lost = out.stream().filter(s -> s.startsWith("lost ")).mapToLong(s -> Long.parseLong(s.substring(5))).sum();
        assertEquals(498, lost);
    }

    private int stream = 7;

    private void feed(long nanos, int... sequences) {
        for (int sequence : sequences) {
            reorderer.acceptDatagram(sequence, stream, ByteBuffer.allocate(4).putShort(0, (short) sequence), nanos);
        }
    }
}
