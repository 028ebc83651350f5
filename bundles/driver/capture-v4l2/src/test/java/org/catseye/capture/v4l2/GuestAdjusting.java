package org.catseye.capture.v4l2;

import static org.catseye.capture.v4l2.GuestMain.await;
import static org.catseye.capture.v4l2.GuestMain.check;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.catseye.capture.v4l2.edid.EdidPreset;
import org.catseye.capture.v4l2.frame.Pictures;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.config.BadValueException;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.device.DeviceControl;
import org.catseye.video.device.DeviceSettings;

/** Tests that a device is described and adjusted while it streams. */
final class GuestAdjusting {

    /** Of a stick: its controls have limits, and change without an interruption. @param capture at 1280x720 */
    static void checkStick(GuestMain.Capture capture) throws Exception {
        long opened = capture.countOpenings();
        DeviceSettings device = capture.driver.readDeviceSettings();
        check("the stick describes its controls", device.controls().stream().map(DeviceControl::key).toList().equals(List.of("brightness", "contrast", "saturation", "hue")), device);
        check("and its sizes with rates", device.modes().orElseThrow().sizes().stream().anyMatch(size -> size.width() == 1280 && size.rates().contains(60.0)), device);
        check("and how a new configuration selects it", device.configuration().orElseThrow().initialValues().get("device").matches("\\d+-[0-9.]+"), device);
        capture.driver.applySettings(() -> Given.settings("width", 1280, "height", 720, "brightness", "21"));
        await("the device has the new brightness", () -> current(capture, "brightness").equals(OptionalInt.of(21)));
        check("pictures go on", capture.awaitFrames(5), capture);
        check("on the same open node", capture.countOpenings() == opened, capture);
        checkRefused(capture, "brightness", Map.of("brightness", "999"));
        checkRefused(capture, "width", Map.of("width", "1234", "height", "720"));
    }

    private static void checkRefused(GuestMain.Capture capture, String key, Map<String, String> values) throws IOException {
        try {
            capture.driver.checkDeviceValues(values);
            check(values + " is refused", false, "accepted");
        } catch (BadValueException e) {
            check(values + " is refused", e.key().equals(key), e);
            System.out.println("     " + e.getMessage());
        }
    }

    private static OptionalInt current(GuestMain.Capture capture, String key) {
        return capture.driver.readDeviceSettings().controls().stream().filter(control -> control.key().equals(key)).findFirst().orElseThrow().current();
    }

    /** Of a bridge: the pixels show the brightness, and the computer sees the EDID. */
    static void checkBridge(GuestMain.Capture capture, String node) throws Exception {
        long opened = capture.countOpenings();
        apply(capture, node, "brightness", "0");
        await("the device has the lowest brightness", () -> current(capture, "brightness").equals(OptionalInt.of(0)));
        check("pictures after it", capture.awaitFrames(5), capture);
        double dark = measureBrightness(capture);
        apply(capture, node, "brightness", "255");
        await("the device has the highest brightness", () -> current(capture, "brightness").equals(OptionalInt.of(255)));
        check("pictures after it", capture.awaitFrames(5), capture);
        double bright = measureBrightness(capture);
        check("the picture is brighter", bright > dark + 30, dark + " to " + bright);
        System.out.println("     mean luminance " + Math.round(dark) + " to " + Math.round(bright));
        check("on the same open node", capture.countOpenings() == opened, capture);
        check("the default EDID is described", preferred(capture).startsWith("1280x720p at 60"), capture.driver.readDeviceSettings().edid());
        apply(capture, node, "edid", "1024x768p60");
        await("the preset is what the device shows", () -> preferred(capture).startsWith("1024x768p at 60"));
        apply(capture, node, "edid", EdidPreset.UXGA_60.edid().hex());
        await("the upload is what the device shows", () -> shownDigits(capture).equals(EdidPreset.UXGA_60.edid().hex()));
        check("a bridge has no choice of sizes", capture.driver.readDeviceSettings().modes().isEmpty(), capture);
    }

    private static void apply(GuestMain.Capture capture, String node, String key, String value) {
        capture.driver.applySettings(() -> Given.settings("device", node, key, value));
    }

    private static String preferred(GuestMain.Capture capture) {
        return capture.driver.readDeviceSettings().edid().flatMap(edid -> edid.current()).flatMap(edid -> edid.preferred()).map(timing -> timing.description()).orElse("");
    }

    private static String shownDigits(GuestMain.Capture capture) {
        return capture.driver.readDeviceSettings().edid().flatMap(edid -> edid.current()).map(edid -> edid.hex()).orElse("");
    }

    /** The mean of the newest picture's green, 0 to 255. */
    private static double measureBrightness(GuestMain.Capture capture) throws IOException {
        List<FakeCaptureContext.Published> frames = capture.context.frames();
        BufferedImage image = Pictures.decode(frames.get(frames.size() - 1).data());
        long sum = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                sum += image.getRGB(x, y) >> 8 & 0xff;
            }
        }
        return (double) sum / (image.getWidth() * (long) image.getHeight());
    }

    private GuestAdjusting() {
    }
}
