package org.catseye.capture.v4l2.signal;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.catseye.capture.v4l2.frame.JpegFrame;
import org.catseye.capture.v4l2.frame.Pictures;
import org.catseye.capture.v4l2.signal.FillerDetector.FrameContent;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.video.Codec;
import org.catseye.video.VideoFormat;
import org.junit.Test;

public class FillerDetectorTest {

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final VideoFormat FORMAT = new VideoFormat(Codec.JPEG, WIDTH, HEIGHT);
    private static final long SECOND = 1_000_000_000L;

    @Test
    public void greyOfLevelSevenIsAFillerAndBlackIsNot() throws Exception {
        assertEquals(FrameContent.FILLER, classify(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x070707)));
        assertEquals(FrameContent.SINGLE_COLOUR, classify(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x000000)));
        assertEquals(FrameContent.SINGLE_COLOUR, classify(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x101010)));
        assertEquals(FrameContent.SINGLE_COLOUR, classify(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0xffffff)));
    }

    @Test
    public void blueIsTheFillerOfClones() throws Exception {
        assertEquals(FrameContent.FILLER_COLOUR, classify(Chip.OTHER, Pictures.uniform(WIDTH, HEIGHT, 0x0000ff)));
        assertEquals(FrameContent.FILLER_COLOUR, classify(Chip.OTHER, Pictures.uniform(WIDTH, HEIGHT, 0x0000aa)));
        assertEquals("greys near it", FrameContent.FILLER_COLOUR, classify(Chip.MS2109, Pictures.uniform(WIDTH, HEIGHT, 0x0a0a0a)));
    }

    @Test
    public void colourBarsAreAFillerOnlyOfChipsThatShowThem() throws Exception {
        assertEquals(FrameContent.FILLER, classify(Chip.MS2130, Pictures.bars(WIDTH, HEIGHT)));
        assertEquals("may be the computer's own test picture", FrameContent.PICTURE, classify(Chip.MS2109, Pictures.bars(WIDTH, HEIGHT)));
    }

    @Test
    public void bootScreenIsAPicture() throws Exception {
        assertEquals(FrameContent.PICTURE, classify(Chip.MS2109, Pictures.console(WIDTH, HEIGHT)));
        assertEquals(FrameContent.PICTURE, classify(Chip.MS2130, Pictures.console(WIDTH, HEIGHT)));
    }

    @Test
    public void largeFrameIsAPictureWithoutBeingDecoded() throws Exception {
        ByteBuffer unreadable = ByteBuffer.allocateDirect(WIDTH * HEIGHT);
        unreadable.position(WIDTH * HEIGHT / 8);
        assertEquals(FrameContent.PICTURE, new FillerDetector(Chip.MS2109).classifyFrame(unreadable, 600, FORMAT, 0));
    }

    @Test
    public void beginningAndEndOfTheFillerAreDetectedImmediately() throws Exception {
        FillerDetector detector = new FillerDetector(Chip.MS2109);
        byte[] grey = Pictures.jpeg(Pictures.uniform(WIDTH, HEIGHT, 0x070707));
        byte[] console = Pictures.jpeg(Pictures.console(WIDTH, HEIGHT));
        assertEquals(FrameContent.PICTURE, classify(detector, console, 0));
        assertEquals("33 ms later", FrameContent.FILLER, classify(detector, grey, SECOND / 30));
        assertEquals(FrameContent.FILLER, classify(detector, grey, SECOND * 2));
        assertEquals(FrameContent.PICTURE, classify(detector, console, SECOND * 2 + SECOND / 30 * 7));
    }

    @Test
    public void singleColourIsDetectedInTheCodedBytes() throws Exception {
        for (int colour : new int[] {0x070707, 0x0000ff, 0xffffff, 0x123456}) {
            byte[] jpeg = Pictures.jpeg(Pictures.uniform(WIDTH, HEIGHT, colour));
            assertTrue(Integer.toHexString(colour), FillerDetector.isUniformData(Pictures.mapped(jpeg, 0), scanOffset(jpeg), jpeg.length));
        }
        for (BufferedImage image : new BufferedImage[] {Pictures.console(WIDTH, HEIGHT), Pictures.bars(WIDTH, HEIGHT), Pictures.noise(64, 64)}) {
            byte[] jpeg = Pictures.jpeg(image);
            assertFalse(FillerDetector.isUniformData(Pictures.mapped(jpeg, 0), scanOffset(jpeg), jpeg.length));
        }
    }

    @Test
    public void slotIsLeftUnchanged() throws Exception {
        ByteBuffer slot = Pictures.slot(Pictures.jpeg(Pictures.uniform(WIDTH, HEIGHT, 0x070707)));
        int position = slot.position();
        int limit = slot.limit();
        new FillerDetector(Chip.MS2109).classifyFrame(slot, 600, FORMAT, 0);
        assertEquals(position, slot.position());
        assertEquals(limit, slot.limit());
    }

    private static FrameContent classify(Chip chip, BufferedImage image) throws Exception {
        return classify(new FillerDetector(chip), Pictures.jpeg(image), 0);
    }

    private static FrameContent classify(FillerDetector detector, byte[] jpeg, long now) throws Exception {
        return detector.classifyFrame(Pictures.slot(jpeg), scanOffset(jpeg), FORMAT, now);
    }

    private static int scanOffset(byte[] jpeg) {
        JpegFrame frame = new JpegFrame();
        assertTrue(frame.parseFrame(Pictures.mapped(jpeg, 0), jpeg.length));
        return frame.scanOffset();
    }
}
