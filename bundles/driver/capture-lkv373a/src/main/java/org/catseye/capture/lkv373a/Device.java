package org.catseye.capture.lkv373a;

import java.io.IOException;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catseye.access.Permission;
import org.catseye.targets.SelfCheck;
import org.catseye.video.spi.CaptureContext;
import org.catseye.video.spi.CaptureDevice;

/** A receiver, and what a person can look at and do about its box. Thread-safe. */
final class Device implements CaptureDevice, SelfCheck {

    private static final Action SEND_HERE = new Action("send-to-me", "Let the box send to this machine",
        "Sets in the box's web page that it sends to this machine only; other receivers lose its picture.", Permission.ADMIN);
    private static final Action SEND_TO_GROUP = new Action("send-to-group", "Let the box send to the group",
        "Sets in the box's web page that it sends to the multicast group of these settings, for all who listen there.", Permission.ADMIN);
    private static final long ANSWER_MILLIS = 250;

    private final Receiver.SettingsSource settings;
    private final String label;
    private final int webPort;
    private final Receiver receiver;

    Device(Receiver.SettingsSource settings, String label) {
        this(settings, label, BoxPage.PORT);
    }

    /** @param webPort of the box's own page: 80, but for tests */
    Device(Receiver.SettingsSource settings, String label, int webPort) {
        this.settings = settings;
        this.label = label;
        this.webPort = webPort;
        this.receiver = new Receiver(settings);
    }

    @Override
    public void capture(CaptureContext context) throws IOException, InterruptedException {
        receiver.capture(context);
    }

    @Override
    public String title() {
        return label;
    }

    @Override
    public List<Item> checkItems() {
        try {
            settings.get();
        } catch (IOException e) {
            return List.of(Item.failed("Settings", e.getMessage(), "Correct it in the settings of the HDMI-over-IP box."));
        }
        Optional<Receiver.Findings> found = receiver.look(ANSWER_MILLIS);
        if (found.isEmpty()) {
            return List.of(Item.failed("Listening", receiver.failure().orElse("Nothing listens to the box."),
                "If it stays so: see the log, and whether another device serves this target."));
        }
        List<Item> items = new ArrayList<>(found.get().items());
        found.get().box().ifPresent(box -> items.add(page(box)));
        return items;
    }

    @Override
    public List<Action> availableActions() {
        List<Action> actions = new ArrayList<>();
        try {
            Settings now = settings.get();
            if (now.lkv373a()) {
                actions.add(SEND_HERE);
                now.group().ifPresent(group -> actions.add(SEND_TO_GROUP));
                if (now.bitRate() > 0) {
                    actions.add(new Action("set-bit-rate", "Set the bit rate", "Sets " + now.bitRate() + " kbit/s in the box's web page, for all picture sizes.",
                        Permission.ADMIN));
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
            throw new IllegalArgumentException("no action \"" + id + "\" here");
        }
        Settings now = settings.get();
        Inet4Address box = receiver.look(ANSWER_MILLIS).flatMap(Receiver.Findings::box).or(now::sender)
            .orElseThrow(() -> new IOException("no box is known, or there are several: name it as the sender in the settings"));
        BoxPage page = new BoxPage(box, webPort);
        switch (id) {
            case "send-to-me" -> page.sendTo(BoxPage.ownAddress(box), now.port(), now.rtp());
            case "send-to-group" -> page.sendTo(now.group().orElseThrow(), now.port(), now.rtp());
            default -> page.bitRate(now.bitRate());
        }
    }

    private Item page(Inet4Address box) {
        String where = "http://" + box.getHostAddress() + "/ ";
        return new BoxPage(box, webPort).reachable() ? Item.passed("Web page of the box", where + "can be reached.")
            : Item.failed("Web page of the box", where + "cannot be reached: the box cannot be set from here.",
                "This harms no picture. Check that this machine and the box are in the same network; restart the box.");
    }
}
