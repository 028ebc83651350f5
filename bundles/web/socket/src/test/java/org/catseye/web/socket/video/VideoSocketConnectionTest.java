package org.catseye.web.socket.video;

import static org.catseye.web.socket.ClientWire.wire;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.catseye.video.Codec;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.BoundHubs;
import org.catseye.web.socket.ClientWire;
import org.catseye.web.socket.FakeHub;
import org.catseye.web.socket.FakeScheduler;
import org.catseye.web.socket.FakeSession;
import org.catseye.web.socket.HarshEndPoint;
import org.catseye.web.socket.ServerWire;
import org.catseye.web.socket.ServerWire.Message;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.viewer.Feed;
import org.catseye.web.socket.viewer.FrameHeads;
import org.junit.After;
import org.junit.Test;

public class VideoSocketConnectionTest {

    private static final int SIZE = 1000;
    /** On the wire, with both heads. */
    private static final int WIRE = SIZE + 4 + FrameHeads.VIDEO_HEAD;

    private final FakeScheduler scheduler = new FakeScheduler();
    private final HarshEndPoint client = new HarshEndPoint(scheduler);
    private final FakeSession session = new FakeSession();
    private final Feed feed = new Feed();
    private final BoundHubs hubs = new BoundHubs(feed);
    private final FakeHub hub = new FakeHub(SIZE);
    private final VideoSocketConnection connection = new VideoSocketConnection(client, Runnable::run, scheduler, feed, session, ClientReader.Throttle.NONE, java.util.EnumSet.allOf(Codec.class), java.util.Optional.empty());

    @After
    public void nothingIsLeft() {
        client.close();
        assertFalse(client.isOpen());
        assertEquals(0, hub.viewers());
        assertEquals(0, session.registrations());
        hub.assertAllClosedOnce();
    }

    @Test
    public void atMostTwoFramesAreUnderWay() {
        open();
        for (int i = 0; i < 5; i++) {
            hub.publish();
        }
        assertEquals(List.of(1L, 2L), pictures());
        client.send(wire().ack(1).bytes());
        assertEquals("the newest, not the next", List.of(5L), pictures());
        hub.publish();
        assertEquals(List.of(), pictures());
    }

    @Test
    public void aDrawingHasItsOwnCodecAndIsNoKeyFrame() {
        open();
        hub.format = new VideoFormat(Codec.DRAWING, 640, 480);
        hub.publish();
        ByteBuffer message = ByteBuffer.wrap(ServerWire.messages(client.taken()).get(0).payload());
        assertEquals(3, message.get(1));
        assertEquals(0, message.get(2));
        assertEquals(SIZE, message.getInt(20));
    }

    @Test
    public void aViewerForWhomThereIsNoMemoryIsDisconnectedAndNoOther() {
        open();
        hub.failure = new OutOfMemoryError("on purpose");
        hub.publish();
        assertFalse("and the capture thread goes on", client.isOpen());
        assertTrue(connection.isClosed());
        assertEquals(0, hub.viewers());
    }

    @Test
    public void acksAreCumulativeAndUnknownOnesIgnored() {
        open();
        hub.publish();
        hub.publish();
        hub.publish();
        pictures();
        client.send(wire().ack(99).ack(0).ack(4_294_967_295L).bytes());
        assertEquals("unknown", List.of(), pictures());
        client.send(wire().ack(2).bytes());
        assertEquals(List.of(3L), pictures());
        hub.publish();
        assertEquals("two were acknowledged by one", List.of(4L), pictures());
        client.send(wire().ack(2).ack(1).bytes());
        hub.publish();
        assertEquals("which counts once", List.of(), pictures());
        hub.publish();
        client.send(wire().ack(3).ack(3).bytes());
        assertEquals("and the newest follows", List.of(6L), pictures());
        hub.publish();
        assertEquals("an ack counts once", List.of(), pictures());
    }

    @Test
    public void aViewerThatIsReadyTakesTheNewestFrameOnly() {
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        hub.publish();
        client.allow(100);
        for (int i = 0; i < 10; i++) {
            hub.publish();
        }
        assertEquals("the one being written and no other", 1, hub.openHandles());
        client.allow(WIRE - 100);
        client.allowAll();
        assertEquals(List.of(1L, 11L), pictures());
        assertEquals(0, hub.openHandles());
    }

    @Test
    public void controlFramesNeverComeInsideAFrame() {
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        hub.publish();
        client.allow(WIRE / 2);
        client.send(wire().ping("a").ping("b").text("what?").bytes());
        client.send(wire().close(1000, "").bytes());
        for (int i = 0; i < WIRE; i++) {
            client.allow(1);
        }
        List<Message> messages = ServerWire.messages(client.taken());
        assertEquals(List.of(2, 10, 10, 1, 8), messages.stream().map(Message::opcode).toList());
        assertEquals(1, messages.get(0).picture());
        assertEquals("b", messages.get(2).text());
        assertTrue(messages.get(3).text().startsWith("{\"type\":\"error\",\"code\":\"bad_message\","));
        assertEquals(1000, messages.get(4).closeCode());
        assertTrue("the client may still read it all", client.isOutputShutdown() && client.isOpen());
        client.sendEnd();
        assertFalse(client.isOpen());
    }

    @Test
    public void aCloseIsForgottenByNobodyButAClientThatStaysIsCut() {
        open();
        client.send(wire().close(3000, "bye").bytes());
        assertEquals(3000, ServerWire.messages(client.taken()).get(0).closeCode());
        hub.publish();
        assertEquals("nothing after the close", 0, client.taken().length);
        scheduler.advance(499);
        assertTrue(client.isOpen());
        scheduler.advance(1);
        assertFalse(client.isOpen());
    }

    @Test
    public void anOffenceIsAnsweredWithItsCode() {
        open();
        client.send(wire().raw(0x81, 0x01, 'x').bytes());
        assertEquals(1002, ServerWire.messages(client.taken()).get(0).closeCode());
    }

    @Test
    public void aSessionThatEndsClosesTheSocketWithinHalfASecond() {
        open();
        session.end();
        assertEquals(1001, ServerWire.messages(client.taken()).get(0).closeCode());
        scheduler.advance(500);
        assertFalse(client.isOpen());
    }

    @Test
    public void aSessionThatEndsCutsAStuckWriterToo() {
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        hub.publish();
        client.allow(10);
        session.end();
        assertEquals(1, hub.openHandles());
        scheduler.advance(500);
        assertFalse(client.isOpen());
        assertEquals(0, hub.openHandles());
    }

    @Test
    public void aSessionThatEndedBeforeOpensNothing() {
        session.end();
        open();
        hub.publish();
        assertEquals(8, ServerWire.messages(client.taken()).get(0).opcode());
        scheduler.advance(500);
        assertFalse(client.isOpen());
    }

    @Test
    public void anotherHubTakesOverInTheMiddleOfAWrite() {
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        hub.publish();
        client.allow(50);
        FakeHub other = new FakeHub(77);
        hubs.bind(other);
        hubs.unbind(hub);
        hub.publish();
        other.publish();
        other.publish();
        assertEquals(0, hub.viewers());
        client.allowAll();
        assertEquals("the frame begun, then the new hub's newest", List.of(1L, 2L), pictures());
        client.send(wire().ack(1).ack(2).bytes());
        other.publish();
        assertEquals(List.of(3L), pictures());
        hubs.unbind(other);
        assertTrue("without a hub it stays", client.isOpen());
        client.close();
        other.assertAllClosedOnce();
        assertEquals(0, other.viewers());
    }

    @Test
    public void whatTheClientSentTooEarlyIsReadAsWell() {
        client.setConnection(connection);
        connection.onUpgradeTo(ByteBuffer.wrap(wire().ping("early").bytes()));
        client.allowAll();
        connection.onOpen();
        assertEquals("early", ServerWire.messages(client.taken()).get(0).text());
    }

    @Test
    public void aClientGoneBeforeTheTakeoverLeavesNothingBehind() {
        hubs.bind(hub);
        client.close();
        // As in a race with the server, which told the connection before this one that the end point closed.
        client.setConnection(connection);
        connection.onOpen();
        assertEquals(0, hub.viewers());
        assertEquals(0, session.registrations());
    }

    @Test
    public void aWriteThatFailsEndsTheConnection() {
        open();
        client.breakDown();
        hub.publish();
        assertFalse(client.isOpen());
        assertEquals(0, hub.viewers());
    }

    @Test
    public void aWriteThatFailsWhileItSubscribesLeavesNothingBehind() {
        client.setConnection(connection);
        connection.onOpen();
        hub.publish();
        client.breakDown();
        hubs.bind(hub);
        assertFalse(client.isOpen());
        assertEquals(0, hub.viewers());
    }

    @Test
    public void aStaticPictureIsNoReasonToPartButAStuckWriterIs() {
        open();
        hub.publish();
        client.taken();
        for (int i = 0; i < 3; i++) {
            client.idle();
            Message ping = ServerWire.messages(client.taken()).get(0);
            assertEquals(9, ping.opcode());
            client.send(wire().frame(ClientWire.PONG, true, ping.payload()).bytes());
        }
        assertTrue(client.isOpen());
        client.idle();
        client.idle();
        assertFalse("a ping that nobody answers", client.isOpen());
    }

    @Test
    public void aClientThatDoesNotReadIsClosedWhenIdle() {
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        hub.publish();
        client.allow(100);
        client.idle();
        assertFalse(client.isOpen());
        assertEquals(0, hub.openHandles());
    }

    @Test
    public void aClientThatSendsWithoutReadingIsCut() {
        client.setConnection(connection);
        connection.onOpen();
        for (int i = 0; i < 30 && client.isOpen(); i++) {
            client.send(wire().ping("x").bytes());
        }
        assertFalse(client.isOpen());
    }

    @Test
    public void aClientThatSendsWithoutPauseDoesNotKeepTheThread() {
        open();
        for (int i = 0; i < 1000; i++) {
            client.sendUnseen(wire().ping("x").bytes());
        }
        client.send(wire().ping("last").bytes());
        int answered = ServerWire.messages(client.taken()).size();
        assertTrue("gives back the thread after some: " + answered, answered > 0 && answered < 100);
        assertTrue("and asks for more", client.isFillInterested());
    }

    @Test
    public void aViewerChoosesItsQualityAndIsToldWhatItGets() {
        open();
        assertEquals(PictureQuality.SHARP, hub.quality);
        client.send(wire().text("{\"type\":\"quality\",\"level\":\"slow\"}").bytes());
        assertEquals(PictureQuality.SLOW, hub.quality);
        hub.format = new VideoFormat(Codec.H264, 640, 480);
        hub.publish();
        scheduler.advance(1000);
        List<Message> messages = ServerWire.messages(client.taken());
        assertEquals(2, messages.get(0).opcode());
        assertEquals("{\"type\":\"quality\",\"level\":\"slow\",\"delivered\":\"slow\",\"codec\":\"h264\",\"width\":640,\"height\":480,\"fps\":0.0,\"kbps\":0,"
            + "\"delay\":0,\"slowLine\":0,\"line\":0,\"deviceFps\":30.0,\"lost\":0,\"encoder\":\"fake\",\"reason\":\"\"}", messages.get(1).text().replaceFirst("\"line\":\\d+", "\"line\":0"));
        for (int i = 0; i < 10; i++) {
            hub.publish();
        }
        assertEquals("of small frames in order, six may be under way", 5, pictures().size());
        client.send(wire().text("{\"type\":\"quality\",\"level\":\"auto\"}").bytes());
        assertEquals("not yet known to be slow", PictureQuality.SHARP, hub.quality);
        client.send(wire().text("{\"type\":\"quality\",\"level\":\"best\"}").bytes());
        assertTrue(ServerWire.messages(client.taken()).get(0).text().startsWith("{\"type\":\"error\",\"code\":\"bad_message\","));
    }

    @Test
    public void withoutAQualityThereIsNoMessageAndNoLongerWindow() {
        open();
        hub.format = new VideoFormat(Codec.H264, 640, 480);
        for (int i = 0; i < 5; i++) {
            hub.publish();
        }
        assertEquals(List.of(1L, 2L), pictures());
        scheduler.advance(10_000);
        assertEquals(0, client.taken().length);
    }

    @Test
    public void aClientThatTakesNothingGetsOnlyTheLastStatus() {
        client.setConnection(connection);
        hubs.bind(hub);
        connection.onOpen();
        client.send(wire().text("{\"type\":\"quality\",\"level\":\"balanced\"}").bytes());
        hub.publish();
        client.allow(10);
        scheduler.advance(60_000);
        assertTrue(client.isOpen());
        client.allowAll();
        assertEquals(List.of(2, 1), ServerWire.messages(client.taken()).stream().map(Message::opcode).toList());
    }

    @Test
    public void aFrameNumberedForThisViewerHasItsOwnHead() {
        open();
        hub.renumbered = 1000;
        hub.publish();
        hub.publish();
        List<Message> messages = ServerWire.messages(client.taken());
        assertEquals(List.of(1001, 1002), messages.stream().map(message -> ByteBuffer.wrap(message.payload()).getInt(4)).toList());
        client.send(wire().ack(1002).bytes());
        hub.publish();
        assertEquals(1, ServerWire.messages(client.taken()).size());
    }

    private void open() {
        client.setConnection(connection);
        client.allowAll();
        hubs.bind(hub);
        connection.onOpen();
    }

    private List<Long> pictures() {
        return ServerWire.pictures(client.taken());
    }
}
