package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catseye.video.IncomingSignal.Timing;
import org.junit.Test;

public class ModeChoiceTest {

    private static final int NV12 = 0x3231564e;

    private List<Integer> formats = List.of(V4l2.YUYV, V4l2.MJPG);
    private List<SizeOffer> sizes = List.of(SizeOffer.exactly(2560, 1440), SizeOffer.exactly(1920, 1080), SizeOffer.exactly(1280, 720));
    private List<Double> rates = List.of(60.0, 50.0, 30.0, 25.0, 10.0, 5.0);

    @Test
    public void jpegAtTheBestSizeAndThirtyByItself() throws IOException {
        assertEquals(new Mode(V4l2.MJPG, 1920, 1080, 30), choose());
    }

    @Test
    public void theConfiguredSizeAndRate() throws IOException {
        assertEquals(new Mode(V4l2.MJPG, 1280, 720, 60), choose("width", 1280, "height", 720, "framesPerSecond", 60));
        assertEquals("0: as fast as it can", 60, choose("framesPerSecond", 0).fps(), 0);
    }

    @Test
    public void theNextSlowerRateThatThereIs() throws IOException {
        assertEquals(10, choose("framesPerSecond", 20).fps(), 0);
        assertEquals("all are faster: the slowest", 5, choose("framesPerSecond", 1).fps(), 0);
        rates = List.of(29.97);
        assertEquals(29.97, choose().fps(), 0);
    }

    @Test
    public void aSizeThatTheStickDoesNotHaveIsToldWithThoseItHas() {
        IOException e = assertThrows(IOException.class, () -> choose("width", 1024, "height", 768));
        assertEquals("org.catseye.capture.v4l2~bay1: width x height is '1024x768'; it has to be a size that the stick has:"
            + " 2560x1440, 1920x1080, 1280x720", e.getMessage());
    }

    @Test
    public void withoutFullHdTheLargestBelow() throws IOException {
        sizes = List.of(SizeOffer.exactly(640, 480), SizeOffer.exactly(2560, 1440), SizeOffer.exactly(1280, 720));
        assertEquals(1280, choose().width());
        sizes = List.of(SizeOffer.exactly(3840, 2160), SizeOffer.exactly(2560, 1440));
        assertEquals("nothing below: the smallest", 2560, choose().width());
    }

    @Test
    public void rangesOfSizesHaveSteps() throws IOException {
        sizes = List.of(new SizeOffer(320, 3840, 2, 180, 2160, 2));
        assertEquals(1920, choose().width());
        assertEquals(1024, choose("width", 1024, "height", 768).width());
        assertThrows(IOException.class, () -> choose("width", 1023, "height", 768));
        sizes = List.of(new SizeOffer(160, 800, 1, 120, 600, 1));
        assertEquals(new Mode(V4l2.MJPG, 800, 600, 30), choose());
    }

    @Test
    public void uncompressedOnlyWithoutJpeg() throws IOException {
        formats = List.of(NV12, V4l2.UYVY);
        assertEquals(V4l2.UYVY, choose().fourcc());
    }

    @Test
    public void nothingThatCanBeShownIsAnError() {
        formats = List.of(NV12);
        IOException e = assertThrows(IOException.class, () -> choose());
        assertEquals("the device offers no MJPG and no YUYV pictures, only NV12: use another one", e.getMessage());
    }

    @Test
    public void aDeviceThatListsNothingIsAskedForTheConfigured() throws IOException {
        sizes = List.of();
        rates = List.of();
        assertEquals(new Mode(V4l2.MJPG, 800, 600, 30), choose("width", 800, "height", 600));
    }

    @Test
    public void aBridgeHasTheSizeOfItsInput() throws IOException {
        formats = List.of(V4l2.UYVY);
        Mode mode = choice().choose(Optional.of(new Timing(1024, 768, 60, false)));
        assertEquals(new Mode(V4l2.UYVY, 1024, 768, 0), mode);
    }

    private Mode choose(Object... properties) throws IOException {
        return choice(properties).choose(Optional.empty());
    }

    private ModeChoice choice(Object... properties) throws IOException {
        return new ModeChoice(new ModeChoice.Offers() {
            @Override
            public List<Integer> formats() {
                return formats;
            }

            @Override
            public List<SizeOffer> sizes(int fourcc) {
                return sizes;
            }

            @Override
            public List<Double> rates(int fourcc, int width, int height) {
                return rates;
            }
        }, Given.settings(properties));
    }
}
