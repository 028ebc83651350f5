package org.catseye.web.socket.stream;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.util.Optional;
import org.catseye.video.Codec;
import org.catseye.video.PictureQuality;
import org.catseye.video.VideoFormat;
import org.catseye.web.socket.FakeHub;
import org.catseye.web.socket.OneWayFixture;
import org.catseye.web.socket.connection.ClientReader;
import org.catseye.web.socket.viewer.StreamQuality;
import org.junit.Test;

public class StreamConnectionTest extends OneWayFixture {

    private static final VideoFormat H264 = new VideoFormat(Codec.H264, 640, 480);
    private static final VideoFormat JPEG = new VideoFormat(Codec.JPEG, 640, 480);

    @Test
    public void unitsFollowEachOtherWithoutAnythingBetween() {
        hub.format = H264;
        open(new AnnexB(), StreamQuality.DEFAULT);
        client.allowAll();
        for (int number = 1; number <= 3; number++) {
            hub.publish();
            assertArrayEquals(FakeHub.content(number, SIZE), client.taken());
        }
    }

    @Test
    public void aSourceOfAnotherCodecIsEncoded() {
        hub.format = JPEG;
        open(new AnnexB(), StreamQuality.DEFAULT);
        assertEquals(PictureQuality.BALANCED, hub.quality);
        hub.format = H264;
        scheduler.advance(StreamConnection.TICK_MILLIS);
        assertEquals("after the device was replaced", PictureQuality.SHARP, hub.quality);
        hub.format = JPEG;
        scheduler.advance(StreamConnection.TICK_MILLIS);
        assertEquals("and again", PictureQuality.BALANCED, hub.quality);
    }

    @Test
    public void theQualityOfTheRequestStays() {
        hub.format = H264;
        open(new AnnexB(), new StreamQuality(Optional.of(PictureQuality.SLOW)));
        scheduler.advance(3 * StreamConnection.TICK_MILLIS);
        assertEquals(PictureQuality.SLOW, hub.quality);
    }

    /** Proxies end a connection on which they read nothing for 60 s. */
    @Test
    public void aStillPictureSendsTablesEveryFewSeconds() {
        hub.format = H264;
        open(new TransportStream(), StreamQuality.DEFAULT);
        client.allowAll();
        hub.publish();
        client.taken();
        scheduler.advance(StreamConnection.TICK_MILLIS);
        assertEquals("it moved", 0, client.taken().length);
        for (int i = 0; i < 100; i++) {
            scheduler.advance(StreamConnection.TICK_MILLIS);
            assertEquals(2 * TransportStream.PACKET, client.taken().length);
        }
    }

    @Test
    public void theUnitsOfPacketsAreWholeForASlowClient() {
        hub.format = H264;
        open(new TransportStream(), StreamQuality.DEFAULT);
        int sent = 0;
        for (int i = 0; i < 50; i++) {
            hub.publish();
            scheduler.advance(StreamConnection.TICK_MILLIS);
            client.allow(100);
            sent += client.taken().length;
        }
        client.allowAll();
        byte[] rest = client.taken();
        assertEquals(0, (sent + rest.length) % TransportStream.PACKET);
        assertEquals("a packet begins", 0x47, rest[TransportStream.PACKET - sent % TransportStream.PACKET]);
    }

    @Test
    public void closingDuringAWriteReturnsTheFrame() {
        hub.format = H264;
        open(new TransportStream(), StreamQuality.DEFAULT);
        hub.publish();
        client.allow(10);
        client.close();
        assertEquals(0, hub.openHandles());
    }

    private void open(StreamFormat format, StreamQuality quality) {
        hubs.bind(hub);
        StreamConnection connection = new StreamConnection(client, Runnable::run, scheduler, feed, session, ClientReader.Throttle.NONE, format, quality);
        client.setConnection(connection);
        connection.onOpen();
    }
}
