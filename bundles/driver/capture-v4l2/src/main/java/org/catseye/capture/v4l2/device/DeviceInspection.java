package org.catseye.capture.v4l2.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.catseye.capture.v4l2.bridge.BridgeInput;
import org.catseye.capture.v4l2.bridge.InputEdid;
import org.catseye.capture.v4l2.edid.BadEdidException;
import org.catseye.capture.v4l2.edid.Edid;
import org.catseye.capture.v4l2.edid.EdidPreset;
import org.catseye.capture.v4l2.kernel.ModeOffers;
import org.catseye.capture.v4l2.kernel.PictureControl;
import org.catseye.capture.v4l2.kernel.PictureControls;
import org.catseye.capture.v4l2.kernel.SizeOffer;
import org.catseye.capture.v4l2.kernel.VideoNode;
import org.catseye.capture.v4l2.settings.Settings;
import org.catseye.capture.v4l2.settings.V4l2Config;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.capture.v4l2.stream.ModeSelector;
import org.catseye.video.device.DeviceControl;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;
import org.catseye.video.device.EdidDescription;
import org.catseye.video.device.EdidSettings;
import org.catseye.video.device.PictureModes;
import org.catseye.video.device.PictureModes.Size;

/**
 * Asks a device for its limits and current values. It opens the node once more, which V4L2 allows at any time: only streaming needs the
 * device for itself. Thread-safe; each call blocks as long as the device takes to answer.
 */
public final class DeviceInspection {

    /** What a range of sizes is shown as, besides its largest size. */
    private static final List<int[]> COMMON_SIZES = List.of(new int[] {3840, 2160}, new int[] {2560, 1440}, new int[] {1920, 1080},
        new int[] {1600, 1200}, new int[] {1280, 1024}, new int[] {1280, 720}, new int[] {1024, 768}, new int[] {800, 600}, new int[] {640, 480});

    /** @param problem with the configuration; empty if there is none */
    public static DeviceSettings describe(Stick stick, Configuration configuration, String problem) {
        try (VideoNode node = VideoNode.openNode(stick.node())) {
            OptionalInt input = BridgeInput.findIndex(node);
            List<DeviceControl> controls = PictureControls.listControls(node);
            Optional<EdidSettings> edid = input.isPresent() ? describeEdid(new InputEdid(node, input.getAsInt())) : Optional.empty();
            // A bridge does not scale: the computer decides the size.
            Optional<PictureModes> modes = input.isPresent() ? Optional.empty() : Optional.of(listModes(node));
            Configuration offered = new Configuration(configuration.form(), configuration.pid(), configuration.initialValues(),
                selectKeys(controls, modes.isPresent(), edid.isPresent()));
            return new DeviceSettings(stick.description(), Optional.of(offered), controls, modes,
                input.isPresent() ? BridgeInput.queryTiming(node) : Optional.empty(), edid, problem);
        } catch (IOException e) {
            return DeviceSettings.ofConfiguration(stick.description(), configuration, "The device does not answer: " + e.getMessage() + ".");
        }
    }

    /** The keys of everything that a device can have. */
    public static List<String> allKeys() {
        return Stream.concat(Stream.of(V4l2Config.WIDTH, V4l2Config.HEIGHT, V4l2Config.RATE, V4l2Config.EDID, V4l2Config.DROP_SAME_FRAMES),
            Stream.of(PictureControl.values()).map(PictureControl::optionKey)).toList();
    }

    private static List<String> selectKeys(List<DeviceControl> controls, boolean modes, boolean edid) {
        List<String> keys = new ArrayList<>(controls.stream().map(DeviceControl::key).toList());
        if (modes) {
            keys.addAll(List.of(V4l2Config.WIDTH, V4l2Config.HEIGHT, V4l2Config.RATE));
        }
        if (edid) {
            keys.add(V4l2Config.EDID);
        }
        keys.add(V4l2Config.DROP_SAME_FRAMES);
        return keys;
    }

    /** Checks values with the limits of the device. @throws IOException as {@link PictureControls#checkControls}, or if it does not answer */
    public static void checkSettings(Stick stick, Settings settings) throws IOException {
        try (VideoNode node = VideoNode.openNode(stick.node())) {
            PictureControls.checkControls(node, settings.pid(), settings.controls());
            if (BridgeInput.findIndex(node).isEmpty()) {
                new ModeSelector(node, settings).checkConfiguredSize(node.listSizes(ModeSelector.selectFormat(node.listFormats())));
            }
        }
    }

    private static PictureModes listModes(ModeOffers offers) throws IOException {
        int fourcc = ModeSelector.selectFormat(offers.listFormats());
        List<Size> sizes = new ArrayList<>();
        for (SizeOffer offer : offers.listSizes(fourcc)) {
            if (offer.isSingleSize()) {
                addSize(sizes, offers, fourcc, offer.maxWidth(), offer.maxHeight());
                continue;
            }
            for (int[] common : COMMON_SIZES) {
                if (offer.includesSize(common[0], common[1])) {
                    addSize(sizes, offers, fourcc, common[0], common[1]);
                }
            }
        }
        return new PictureModes(V4l2Config.WIDTH, V4l2Config.HEIGHT, V4l2Config.RATE, sizes);
    }

    private static void addSize(List<Size> to, ModeOffers offers, int fourcc, int width, int height) throws IOException {
        if (to.stream().noneMatch(size -> size.width() == width && size.height() == height)) {
            to.add(new Size(width, height, offers.listRates(fourcc, width, height).stream().distinct().sorted(Comparator.reverseOrder()).toList()));
        }
    }

    private static Optional<EdidSettings> describeEdid(InputEdid input) throws IOException {
        Optional<byte[]> bytes = input.readBytes();
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        Optional<EdidDescription> current = Optional.empty();
        String problem = "";
        if (bytes.get().length == 0) {
            problem = "The device shows the computer no EDID, so that most computers send no picture.";
        } else {
            try {
                current = Optional.of(Edid.parseBytes(bytes.get()).describe());
            } catch (BadEdidException e) {
                problem = "The EDID of the device is invalid: " + e.getMessage() + ". It is " + HexFormat.of().formatHex(bytes.get()) + ".";
            }
        }
        return Optional.of(new EdidSettings(V4l2Config.EDID, EdidPreset.publicNames(), current, problem));
    }

    private DeviceInspection() {
    }
}
