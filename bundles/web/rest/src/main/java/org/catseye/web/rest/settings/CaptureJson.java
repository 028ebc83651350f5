package org.catseye.web.rest.settings;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsState;
import org.catseye.video.IncomingSignal.Timing;
import org.catseye.video.device.DeviceControl;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.EdidDescription;
import org.catseye.video.device.EdidSettings;
import org.catseye.video.device.PictureModes;
import org.catseye.web.rest.route.ApiServlet;

/** A capture device and its settings as JSON. */
final class CaptureJson {

    private static final double HUNDREDTHS = 100;
    private static final String WIDTH = "width";
    private static final String HEIGHT = "height";
    private static final String PROBLEM = "problem";

    private CaptureJson() {
    }

    /** @param state the values of its configuration; empty if there is nothing to adjust */
    static ObjectNode write(DeviceSettings device, Optional<SettingsState> state) {
        ObjectNode result = ApiServlet.JSON.createObjectNode();
        result.put("device", device.device());
        putIfAny(result, PROBLEM, device.problem());
        ArrayNode controls = result.putArray("controls");
        device.controls().forEach(control -> writeControl(controls.addObject(), control));
        device.modes().ifPresent(modes -> writeModes(result.putObject("modes"), modes));
        device.incoming().ifPresent(timing -> writeTiming(result.putObject("incoming"), timing));
        device.edid().ifPresent(edid -> writeEdid(result.putObject("edid"), edid));
        state.ifPresent(values -> {
            List<String> keys = device.configuration().map(DeviceSettings.Configuration::keys).orElse(List.of());
            List<SettingsField> shown = values.form().fields().stream().filter(field -> keys.contains(field.id())).toList();
            result.put("configured", device.configuration().flatMap(DeviceSettings.Configuration::pid).isPresent());
            result.set("settings", SettingsJson.writeState(values, shown));
        });
        return result;
    }

    private static void putIfAny(ObjectNode node, String name, String text) {
        if (!text.isEmpty()) {
            node.put(name, text);
        }
    }

    private static void writeControl(ObjectNode node, DeviceControl control) {
        node.put("key", control.key()).put("min", control.min()).put("max", control.max()).put("step", control.step()).put("default", control.defaultValue());
        control.current().ifPresent(current -> node.put("current", current));
        putIfAny(node, "lockReason", control.lockReason());
    }

    private static void writeModes(ObjectNode node, PictureModes modes) {
        node.put("widthKey", modes.widthKey()).put("heightKey", modes.heightKey()).put("rateKey", modes.rateKey());
        ArrayNode sizes = node.putArray("sizes");
        modes.sizes().forEach(size -> {
            ArrayNode rates = sizes.addObject().put(WIDTH, size.width()).put(HEIGHT, size.height()).putArray("rates");
            size.rates().forEach(rate -> rates.add(round(rate)));
        });
    }

    private static double round(double rate) {
        return Math.round(rate * HUNDREDTHS) / HUNDREDTHS;
    }

    private static void writeTiming(ObjectNode node, Timing timing) {
        node.put(WIDTH, timing.width()).put(HEIGHT, timing.height()).put("fps", round(timing.fps())).put("interlaced", timing.interlaced());
    }

    private static void writeEdid(ObjectNode node, EdidSettings edid) {
        node.put("key", edid.key());
        ArrayNode presets = node.putArray("presets");
        edid.presets().forEach(presets::add);
        putIfAny(node, PROBLEM, edid.problem());
        edid.current().ifPresent(current -> writeDescription(node.putObject("current"), current));
    }

    private static void writeDescription(ObjectNode node, EdidDescription edid) {
        node.put("hex", edid.hex()).put("version", edid.version()).put("manufacturer", edid.manufacturer()).put("product", edid.product())
                .put("name", edid.name()).put("serial", edid.serial()).put("year", edid.year()).put("hdmi", edid.hdmi()).put("audio", edid.audio());
        edid.preferred().ifPresent(timing -> writeTiming(node.putObject("preferred"), timing));
        ArrayNode timings = node.putArray("timings");
        edid.timings().forEach(timing -> writeTiming(timings.addObject(), timing));
        ArrayNode codes = node.putArray("unknownCodes");
        edid.unknownCodes().forEach(codes::add);
    }
}
