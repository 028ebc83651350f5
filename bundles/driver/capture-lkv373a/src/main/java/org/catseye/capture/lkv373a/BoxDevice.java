package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.capture.lkv373a.box.BoxPage;
import org.catseye.capture.lkv373a.settings.Lkv373aConfig;
import org.catseye.capture.lkv373a.settings.Settings;
import org.catseye.targets.SelfCheck;
import org.catseye.targets.Target;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;
import org.catseye.video.spi.AdjustableDevice;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;

/** A receiver together with the check of its box and the actions on the box's web page. Thread-safe. */
final class BoxDevice implements CaptureDevice, AdjustableDevice, SelfCheck {

    private static final Action SEND_TO_THIS_MACHINE = new Action("send-to-me", "Let the box send to this machine",
        "Sets in the box's web page that it sends only to this machine; other receivers lose its picture.", Permission.ADMIN);
    private static final Action SEND_TO_GROUP = new Action("send-to-group", "Let the box send to the group",
        "Sets in the box's web page that it sends to the multicast group of these settings, for all receivers of that group.",
        Permission.ADMIN);
    private static final String SET_BIT_RATE = "set-bit-rate";
    private static final long INSPECTION_TIMEOUT_MILLIS = 250;

    /** Of the configuration; empty if there is none. */
    private final Optional<String> pid;
    private final Receiver.SettingsSource settings;
    private final String label;
    private final int httpPort;
    private final Receiver receiver;

    /** @param pid of the configuration; empty if there is none */
    BoxDevice(Optional<String> pid, Receiver.SettingsSource settings, String label) {
        this(pid, settings, label, BoxPage.HTTP_PORT);
    }

    /** @param httpPort {@link BoxPage#HTTP_PORT}, except in tests */
    BoxDevice(Optional<String> pid, Receiver.SettingsSource settings, String label, int httpPort) {
        this.pid = pid;
        this.settings = settings;
        this.label = label;
        this.httpPort = httpPort;
        this.receiver = new Receiver(settings);
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        receiver.capture(context);
    }

    /** The box itself reports nothing that could be adjusted; these settings are for its web page. */
    @Override
    public DeviceSettings readDeviceSettings() {
        Configuration configuration = new Configuration(Lkv373aConfig.PID, pid, pid.isPresent() ? Map.of() : Map.of(Target.ID, Target.DEFAULT),
            List.of("sendTo", "mode", "bitRate"));
        String problem = "";
        try {
            settings.readSettings();
        } catch (IOException e) {
            problem = e.getMessage() + ".";
        }
        return DeviceSettings.ofConfiguration(label, configuration, problem);
    }

    @Override
    public void checkDeviceValues(Map<String, String> values) throws IOException {
        Settings.parseSettings(values);
    }

    @Override
    public String title() {
        return label;
    }

    @Override
    public List<Item> checkItems() {
        try {
            settings.readSettings();
        } catch (IOException e) {
            return List.of(Item.failed("Settings", e.getMessage(), "Correct it in the settings of the HDMI-over-IP box."));
        }
        Optional<Receiver.Findings> findings = receiver.inspect(INSPECTION_TIMEOUT_MILLIS);
        if (findings.isEmpty()) {
            return List.of(Item.failed("Listening", receiver.lastFailure().orElse("The receiver for the box is not running."),
                "If this continues, check the log, and whether another device serves this target."));
        }
        List<Item> items = new ArrayList<>(findings.get().items());
        findings.get().box().ifPresent(box -> items.add(checkWebPage(box)));
        return items;
    }

    @Override
    public List<Action> availableActions() {
        List<Action> actions = new ArrayList<>();
        try {
            Settings current = settings.readSettings();
            if (current.includesLkv373a()) {
                actions.add(SEND_TO_THIS_MACHINE);
                current.group().ifPresent(group -> actions.add(SEND_TO_GROUP));
                if (current.bitRate() > 0) {
                    actions.add(new Action(SET_BIT_RATE, "Set the bit rate",
                        "Sets " + current.bitRate() + " kbit/s in the box's web page, for all picture sizes.", Permission.ADMIN));
                }
            }
        } catch (IOException e) {
            return List.of();
        }
        return actions;
    }

    @Override
    public void performAction(String id) throws IOException {
        if (availableActions().stream().noneMatch(action -> action.id().equals(id))) {
            throw new IllegalArgumentException("there is no action \"" + id + "\"");
        }
        Settings current = settings.readSettings();
        Inet4Address box = receiver.inspect(INSPECTION_TIMEOUT_MILLIS).flatMap(Receiver.Findings::box).or(current::sender)
            .orElseThrow(() -> new IOException("no box was found, or there are several: enter the box's address as the sender in the settings"));
        BoxPage page = new BoxPage(box, httpPort);
        if (id.equals(SEND_TO_THIS_MACHINE.id())) {
            page.setDestination(BoxPage.findOwnAddress(box), current.port(), current.rtp());
        } else if (id.equals(SEND_TO_GROUP.id())) {
            page.setDestination(current.group().orElseThrow(), current.port(), current.rtp());
        } else {
            page.setBitRate(current.bitRate());
        }
    }

    private Item checkWebPage(Inet4Address box) {
        String address = "http://" + box.getHostAddress() + "/ ";
        return new BoxPage(box, httpPort).isReachable()
            ? Item.passed("Web page of the box", address + "can be reached.")
            : Item.failed("Web page of the box", address + "cannot be reached, so that Catseye cannot change the box's settings.",
                "This does not affect the picture. Check that this machine and the box are in the same network, or restart the box.");
    }
}
