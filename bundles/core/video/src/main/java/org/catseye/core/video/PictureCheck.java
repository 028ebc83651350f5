package org.catseye.core.video;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.catseye.config.BadValueException;
import org.catseye.targets.SelfCheck;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;

/** The self-check that every target has: whether a capture device serves it, which one, whether a signal comes in, and whether there is a picture. */
final class PictureCheck implements SelfCheck {

    private final Supplier<VideoState> state;
    private final Supplier<Optional<String>> choice;
    private final Supplier<List<BadValueException>> mistakes;
    private final Supplier<List<Item>> driverProblems;

    /**
     * @param state of the target's hub, at the time of the call, as the next three
     * @param choice which of several devices is used, and why the others are not; empty for a single device
     * @param mistakes of devices that belong to no target
     * @param driverProblems of drivers that use too much or do not end
     */
    PictureCheck(Supplier<VideoState> state, Supplier<Optional<String>> choice, Supplier<List<BadValueException>> mistakes,
            Supplier<List<Item>> driverProblems) {
        this.state = state;
        this.choice = choice;
        this.mistakes = mistakes;
        this.driverProblems = driverProblems;
    }

    @Override
    public String title() {
        return "Picture";
    }

    /** What cannot be known before the first fault is mended is left out. */
    @Override
    public List<Item> checkItems() {
        VideoState now = state.get();
        List<Item> items = new ArrayList<>();
        items.add(checkDevice(now));
        if (items.get(0).ok()) {
            items.add(checkSignal(now));
        }
        if (now.condition() == Condition.LIVE) {
            items.add(checkPicture(now));
        }
        choice.get().ifPresent(description -> items.add(Item.passed("Several capture devices", description)));
        mistakes.get().forEach(mistake -> items.add(Item.failed("Device without a target", mistake.getMessage() + ". The device serves no target.",
            "Correct this value in the configuration.")));
        items.addAll(driverProblems.get());
        return items;
    }

    private static Item checkDevice(VideoState now) {
        String name = "Capture device";
        return switch (now.condition()) {
            case NO_DEVICE -> Item.failed(name, now.reason(), "Plug the capture device in, switch it on, and look whether its driver's bundle runs.");
            case MISCONFIGURED -> Item.failed(name, now.reason(), "Correct this value in the configuration.");
            case CONNECTING -> Item.failed(name, now.reason(), "Wait a moment. If it stays so, unplug the device and plug it in again.");
            case NO_SIGNAL, LIVE -> Item.passed(name, "It is open and serves this target.");
        };
    }

    private static Item checkSignal(VideoState now) {
        String name = "Signal";
        if (now.condition() == Condition.NO_SIGNAL) {
            return Item.failed(name, now.reason(), "Check the video cable, and whether the computer is on and awake.");
        }
        return Item.passed(name, now.incoming().picture().map(IncomingSignal.Timing::description)
            .map(sent -> "The computer sends " + sent + ".").orElse("The computer sends a picture."));
    }

    private static Item checkPicture(VideoState now) {
        String name = "Picture";
        if (now.stale()) {
            return Item.failed(name, now.reason(), "It continues by itself. If this happens often, check the network to the capture device.");
        }
        return now.format()
            .map(format -> Item.passed(name, format.width() + " x " + format.height() + " " + format.codec() + ", " + Math.round(now.fps())
                + " new pictures a second; a still screen sends none."))
            .orElseGet(() -> Item.failed(name, "The device has delivered no picture yet.", "Wait a moment."));
    }
}
