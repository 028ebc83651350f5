package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.catseye.capture.v4l2.Filler.Kind;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class FillerTest {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, WIDTH, HEIGHT);
    private static final long SECOND = 1_000_000_000L;

    @Test
    public void greyOfLevelSevenIsAFillerAndBlackIsNot() throws Exception {
        assertEquals(Kind.FILLER, judge(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x070707)));
        assertEquals(Kind.BLANK, judge(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x000000)));
        assertEquals(Kind.BLANK, judge(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x101010)));
        assertEquals(Kind.BLANK, judge(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0xffffff)));
    }

    @Test
    public void blueIsTheFillerOfClones() throws Exception {
        assertEquals(Kind.FILLER, judge(Chip.OTHER, Pictures.uniform(WIDTH, HEIGHT, 0x0000ff)));
    }

    @Test
    public void barsAreAFillerOfThoseThatShowThem() throws Exception {
        assertEquals(Kind.FILLER, judge(Chip.MS2130, Pictures.bars(WIDTH, HEIGHT)));
        assertEquals("a test picture of the computer", Kind.PICTURE, judge(Chip.MS2109, Pictures.bars(WIDTH, HEIGHT)));
    }

    @Test
    public void aBootScreenIsAPicture() throws Exception {
        assertEquals(Kind.PICTURE, judge(Chip.MS2109, Pictures.console(WIDTH, HEIGHT)));
        assertEquals(Kind.PICTURE, judge(Chip.MS2130, Pictures.console(WIDTH, HEIGHT)));
    }

    @Test
    public void aLargeFrameIsAPictureWithoutBeingRead() throws Exception {
        ByteBuffer unreadable = ByteBuffer.allocateDirect(WIDTH * HEIGHT);
        unreadable.position(WIDTH * HEIGHT / 8);
        assertEquals(Kind.PICTURE, new Filler(Chip.MS2109).judge(unreadable, 600, FORMAT, 0));
    }

    @Test
    public void theEndOfTheFillerIsSeenAtOnceAndItsBeginningToo() throws Exception {
        Filler filler = new Filler(Chip.MS2109);
        byte[] grey = Pictures.jpeg(Pictures.uniform(WIDTH, HEIGHT, 0x070707));
        byte[] console = Pictures.jpeg(Pictures.console(WIDTH, HEIGHT));
        assertEquals(Kind.PICTURE, judge(filler, console, 0));
        assertEquals("33 ms later", Kind.FILLER, judge(filler, grey, SECOND / 30));
        assertEquals(Kind.FILLER, judge(filler, grey, SECOND * 2));
        assertEquals(Kind.PICTURE, judge(filler, console, SECOND * 2 + SECOND / 30 * 7));
    }

    @Test
    public void oneColourIsSeenInTheCodedBytes() throws Exception {
        for (int colour : new int[] {0x070707, 0x0000ff, 0xffffff, 0x123456}) {
            byte[] jpeg = Pictures.jpeg(Pictures.uniform(WIDTH, HEIGHT, colour));
            assertTrue(Integer.toHexString(colour), Filler.uniform(Pictures.mapped(jpeg, 0), scan(jpeg), jpeg.length));
        }
        for (BufferedImage image : new BufferedImage[] {Pictures.console(WIDTH, HEIGHT), Pictures.bars(WIDTH, HEIGHT), Pictures.noise(64, 64)}) {
            byte[] jpeg = Pictures.jpeg(image);
            assertFalse(Filler.uniform(Pictures.mapped(jpeg, 0), scan(jpeg), jpeg.length));
        }
    }

    @Test
    public void theSlotIsLeftAsItWas() throws Exception {
        ByteBuffer slot = Pictures.slot(Pictures.jpeg(Pictures.uniform(WIDTH, HEIGHT, 0x070707)));
        int position = slot.position();
        int limit = slot.limit();
        new Filler(Chip.MS2109).judge(slot, 600, FORMAT, 0);
        assertEquals(position, slot.position());
        assertEquals(limit, slot.limit());
    }

    private static Kind judge(Chip chip, BufferedImage image) throws Exception {
        return judge(new Filler(chip), Pictures.jpeg(image), 0);
    }

    private static Kind judge(Filler filler, byte[] jpeg, long now) throws Exception {
        return filler.judge(Pictures.slot(jpeg), scan(jpeg), FORMAT, now);
    }

    private static int scan(byte[] jpeg) {
        JpegFrame frame = new JpegFrame();
        assertTrue(frame.read(Pictures.mapped(jpeg, 0), jpeg.length));
        return frame.scan();
    }
}
