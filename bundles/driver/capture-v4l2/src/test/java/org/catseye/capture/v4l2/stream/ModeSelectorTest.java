package org.catseye.capture.v4l2.stream;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catseye.capture.v4l2.kernel.CaptureMode;
import org.catseye.capture.v4l2.kernel.ModeOffers;
import org.catseye.capture.v4l2.kernel.SizeOffer;
import org.catseye.capture.v4l2.kernel.V4l2;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.video.IncomingSignal.Timing;
import org.junit.Test;

public class ModeSelectorTest {

    private static final int NV12 = 0x3231564e;

    private List<Integer> formats = List.of(V4l2.YUYV, V4l2.MJPG);
    private List<SizeOffer> sizes = List.of(SizeOffer.ofSingleSize(2560, 1440), SizeOffer.ofSingleSize(1920, 1080), SizeOffer.ofSingleSize(1280, 720));
    private List<Double> rates = List.of(60.0, 50.0, 30.0, 25.0, 10.0, 5.0);

    @Test
    public void defaultIsJpegAtTheBestSizeAndThirtyFrames() throws IOException {
        assertEquals(new CaptureMode(V4l2.MJPG, 1920, 1080, 30), selectMode());
    }

    @Test
    public void configuredSizeAndRateAreUsed() throws IOException {
        assertEquals(new CaptureMode(V4l2.MJPG, 1280, 720, 60), selectMode("width", 1280, "height", 720, "framesPerSecond", 60));
        assertEquals("0: the highest rate", 60, selectMode("framesPerSecond", 0).framesPerSecond(), 0);
    }

    @Test
    public void nextLowerOfferedRateIsUsed() throws IOException {
        assertEquals(10, selectMode("framesPerSecond", 20).framesPerSecond(), 0);
        assertEquals("all are higher: the lowest", 5, selectMode("framesPerSecond", 1).framesPerSecond(), 0);
        rates = List.of(29.97);
        assertEquals(29.97, selectMode().framesPerSecond(), 0);
    }

    @Test
    public void unsupportedSizeIsReportedWithTheSupportedOnes() {
        IOException e = assertThrows(IOException.class, () -> selectMode("width", 1024, "height", 768));
        assertEquals("org.catseye.capture.v4l2~bay1: width is '1024x768'; it has to be a size that the stick has:"
            + " 2560x1440, 1920x1080, 1280x720", e.getMessage());
    }

    @Test
    public void largestSizeBelowFullHdIsUsed() throws IOException {
        sizes = List.of(SizeOffer.ofSingleSize(640, 480), SizeOffer.ofSingleSize(2560, 1440), SizeOffer.ofSingleSize(1280, 720));
        assertEquals(1280, selectMode().width());
        sizes = List.of(SizeOffer.ofSingleSize(3840, 2160), SizeOffer.ofSingleSize(2560, 1440));
        assertEquals("nothing below: the smallest", 2560, selectMode().width());
    }

    @Test
    public void rangesOfSizesHaveSteps() throws IOException {
        sizes = List.of(new SizeOffer(320, 3840, 2, 180, 2160, 2));
        assertEquals(1920, selectMode().width());
        assertEquals(1024, selectMode("width", 1024, "height", 768).width());
        assertThrows(IOException.class, () -> selectMode("width", 1023, "height", 768));
        sizes = List.of(new SizeOffer(160, 800, 1, 120, 600, 1));
        assertEquals(new CaptureMode(V4l2.MJPG, 800, 600, 30), selectMode());
    }

    @Test
    public void uncompressedFormatIsUsedOnlyWithoutJpeg() throws IOException {
        formats = List.of(NV12, V4l2.UYVY);
        assertEquals(V4l2.UYVY, selectMode().fourcc());
    }

    @Test
    public void onlyUnsupportedFormatsAreAnError() {
        formats = List.of(NV12);
        IOException e = assertThrows(IOException.class, () -> selectMode());
        assertEquals("the device offers neither MJPG nor YUYV pictures, only NV12: use another device", e.getMessage());
    }

    @Test
    public void configuredModeIsRequestedIfTheDeviceListsNone() throws IOException {
        sizes = List.of();
        rates = List.of();
        assertEquals(new CaptureMode(V4l2.MJPG, 800, 600, 30), selectMode("width", 800, "height", 600));
    }

    @Test
    public void bridgeUsesTheSizeOfItsInput() throws IOException {
        formats = List.of(V4l2.UYVY);
        CaptureMode mode = createSelector().selectMode(Optional.of(new Timing(1024, 768, 60, false)));
        assertEquals(new CaptureMode(V4l2.UYVY, 1024, 768, 0), mode);
    }

    private CaptureMode selectMode(Object... properties) throws IOException {
        return createSelector(properties).selectMode(Optional.empty());
    }

    private ModeSelector createSelector(Object... properties) throws IOException {
        return new ModeSelector(new ModeOffers() {
            @Override
            public List<Integer> listFormats() {
                return formats;
            }

            @Override
            public List<SizeOffer> listSizes(int fourcc) {
                return sizes;
            }

            @Override
            public List<Double> listRates(int fourcc, int width, int height) {
                return rates;
            }
        }, Given.settings(properties));
    }
}
