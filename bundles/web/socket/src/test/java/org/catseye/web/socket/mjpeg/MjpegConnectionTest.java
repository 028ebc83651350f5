package org.catseye.web.socket.mjpeg;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.HarshEndPoint;
import org.catseye.web.socket.OneWayFixture;
import org.catseye.web.socket.ServerWire;
import org.catseye.web.socket.connection.ClientReader;
import org.junit.Test;

public class MjpegConnectionTest extends OneWayFixture {

    @Test
    public void theNewestFrameIsSentWhenTheOneBeforeIsDone() {
        open("");
        hub.publish();
        for (int i = 0; i < 20; i++) {
            client.allow(10);
            hub.publish();
        }
        client.allowAll();
        assertEquals(List.of(1L, 21L), ServerWire.parts(client.taken()));
        hub.publish();
        assertEquals(List.of(22L), ServerWire.parts(client.taken()));
    }

    @Test
    public void aFinalFrameIsSentTwice() {
        open("dual_final_frames");
        client.allowAll();
        hub.publish();
        hub.publish();
        client.taken();
        scheduler.advance(100);
        assertEquals("once more", List.of(2L), ServerWire.parts(client.taken()));
        scheduler.advance(1000);
        assertEquals("but once", 0, client.taken().length);
    }

    /** Proxies end a connection on which they read nothing for 60 s. */
    @Test
    public void aStillPictureIsSentAgainAtLeastEveryTwentySeconds() {
        for (String option : new String[] {"", "dual_final_frames", "advance_headers", "zero_data"}) {
            HarshEndPoint viewer = new HarshEndPoint(scheduler);
            hubs.bind(hub);
            connection(viewer, option);
            viewer.allowAll();
            hub.publish();
            scheduler.advance(500);
            viewer.taken();
            for (int minute = 0; minute < 30; minute++) {
                scheduler.advance(20_000);
                assertTrue(option, viewer.taken().length > 0);
            }
            viewer.close();
            hubs.unbind(hub);
        }
    }

    @Test
    public void aMovingPictureIsNotRepeated() {
        open("");
        client.allowAll();
        for (int second = 0; second < 60; second++) {
            hub.publish();
            assertEquals(List.of(second + 1L), ServerWire.parts(client.taken()));
            scheduler.advance(1_000);
        }
    }

    @Test
    public void theFrameKeptForRepetitionIsGivenBackWithItsHub() {
        open("");
        client.allowAll();
        hub.publish();
        assertTrue(hub.openHandles() > 0);
        hubs.unbind(hub);
        assertEquals(0, hub.openHandles());
    }

    @Test
    public void theBytesOfAFinalFrameStayUntilTheyAreSentAgain() {
        open("dual_final_frames");
        hub.publish();
        client.allow(SIZE + 200);
        client.taken();
        long used = drainToBoundary();
        scheduler.advance(100);
        client.allow(90);
        // The hub goes on, and would use the memory again if nobody held it.
        hub.publish();
        hub.publish();
        client.allowAll();
        byte[] rest = client.taken();
        assertTrue("some was left: " + used, rest.length > SIZE);
        assertEquals(List.of(1L, 3L), ServerWire.parts(rest));
        scheduler.advance(100);
        assertEquals(List.of(3L), ServerWire.parts(client.taken()));
    }

    @Test
    public void aFrameThatIsFollowedIsSentOnce() {
        open("dual_final_frames");
        client.allowAll();
        for (int i = 0; i < 10; i++) {
            hub.publish();
            scheduler.advance(50);
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L), ServerWire.parts(client.taken()));
    }

    @Test
    public void closingInAnyStateGivesTheFinalFrameBack() {
        open("dual_final_frames");
        hub.publish();
        client.allow(10);
        client.close();
        assertEquals(0, hub.openHandles());
    }

    @Test
    public void withAdvanceHeadersTheNextHeadFollowsEachFrame() {
        open("advance_headers");
        client.allowAll();
        hub.publish();
        byte[] sent = client.taken();
        String tail = "\r\n--frame\r\nContent-Type: image/jpeg\r\n\r\n";
        assertEquals(SIZE + tail.length(), sent.length);
        assertEquals("the picture comes at once, its head was sent", 1, ByteBuffer.wrap(sent).getLong());
        assertTrue(new String(sent, StandardCharsets.ISO_8859_1).endsWith(tail));
        assertEquals("--frame\r\nContent-Type: image/jpeg\r\n\r\n", MjpegConnection.firstBoundary(options("advance_headers")));
        assertEquals("--frame\r\n", MjpegConnection.firstBoundary(options("")));
    }

    @Test
    public void zeroDataSendsHeadsOnly() {
        open("zero_data");
        client.allowAll();
        hub.publish();
        String sent = new String(client.taken(), StandardCharsets.ISO_8859_1);
        assertTrue(sent, sent.matches("Content-Type: image/jpeg\r\nContent-Length: 0\r\nX-Timestamp: \\d+\\.\\d{6}\r\n\r\n\r\n--frame\r\n"));
    }

    @Test
    public void extraHeadersTellAboutTheFrame() {
        open("extra_headers");
        client.allowAll();
        hub.publish();
        byte[] sent = client.taken();
        String head = new String(sent, StandardCharsets.ISO_8859_1);
        assertTrue(head, head.contains("\r\nContent-Length: 300\r\n"));
        for (String line : new String[] {"Dropped: 0", "Width: 640", "Height: 480", "Client-FPS: 0", "Grab-Time: \\d+\\.\\d{6}",
                "Send-Time: \\d+\\.\\d{6}", "Latency: \\d+\\.\\d{6}"}) {
            assertTrue(line, head.matches("(?s).*\r\nX-UStreamer-" + line + "\r\n.*"));
        }
        assertEquals(List.of(1L), ServerWire.parts(sent));
    }

    @Test
    public void extraHeadersCountTheFramesThatWereSkipped() {
        open("extra_headers");
        hub.publish();
        client.allow(100);
        hub.publish();
        hub.publish();
        client.allowAll();
        hub.publish();
        List<String> dropped = new String(client.taken(), StandardCharsets.ISO_8859_1).lines()
                .filter(line -> line.startsWith("X-UStreamer-Dropped: ")).toList();
        assertEquals(List.of("X-UStreamer-Dropped: 0", "X-UStreamer-Dropped: 1", "X-UStreamer-Dropped: 0"), dropped);
    }

    @Test
    public void framesPerSecondAreThoseOfTheLastWholeSecond() {
        MjpegConnection.Rate rate = new MjpegConnection.Rate();
        for (int i = 0; i < 30; i++) {
            assertEquals(0, rate.countFrame(5_000_000_000L + i * 33_000_000L));
        }
        assertEquals(30, rate.countFrame(6_000_000_000L));
        assertEquals(30, rate.countFrame(6_900_000_000L));
        assertEquals(2, rate.countFrame(7_000_000_000L));
    }

    @Test
    public void whatTheClientSaysIsIgnoredAndItsEndNoticed() {
        open("");
        client.send(new byte[10_000]);
        assertTrue(client.isOpen());
        client.sendEnd();
        assertFalse(client.isOpen());
        assertEquals(0, hub.viewers());
    }

    @Test
    public void aStaticPictureIsNoReasonToPartButAStuckWriterIs() {
        open("");
        client.allowAll();
        hub.publish();
        client.idle();
        assertTrue(client.isOpen());
    }

    @Test
    public void aClientThatDoesNotReadIsClosedWhenIdle() {
        open("");
        hub.publish();
        client.allow(100);
        client.idle();
        assertFalse(client.isOpen());
        assertEquals(0, hub.openHandles());
    }

    @Test
    public void aSessionThatEndsClosesAtOnce() {
        open("");
        hub.publish();
        session.end();
        assertFalse(client.isOpen());
    }

    @Test
    public void framesInACodecNobodyCanShowHereAreNotSent() {
        open("");
        client.allowAll();
        hub.format = new VideoFormat(Codec.H264, 640, 480);
        hub.publish();
        assertEquals(0, client.taken().length);
    }

    /** Lets the first part out to its end, whatever its length is. */
    private long drainToBoundary() {
        long count = 0;
        while (hub.openHandles() > 1) {
            client.allow(1);
            count++;
        }
        client.taken();
        return count;
    }

    private void open(String option) {
        hubs.bind(hub);
        connection(client, option);
    }

    private void connection(HarshEndPoint to, String option) {
        MjpegConnection connection = new MjpegConnection(to, Runnable::run, scheduler, feed, session, ClientReader.Throttle.NONE, options(option));
        to.setConnection(connection);
        connection.onOpen();
    }

    private static MjpegOptions options(String option) {
        return new MjpegOptions(option.equals("advance_headers"), option.equals("dual_final_frames"),
                option.equals("extra_headers"), option.equals("zero_data"));
    }
}
