package org.catseye.core.hid;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.targets.SelfCheck;

/** The self-check that every target has: whether keys arrive, and which of several keyboard outputs they go through. */
final class InputCheck implements SelfCheck {

    /** The heading, also for the service's label. */
    static final String TITLE = "Keyboard and mouse";

    private final Supplier<HidState> state;
    private final Supplier<Optional<String>> choice;

    /**
     * @param state of the target's hub, at the time of the call
     * @param choice which of several outputs is used, and why the others are not; empty for a single one
     */
    InputCheck(Supplier<HidState> state, Supplier<Optional<String>> choice) {
        this.state = state;
        this.choice = choice;
    }

    @Override
    public String title() {
        return TITLE;
    }

    @Override
    public List<Item> checkItems() {
        List<Item> items = new ArrayList<>();
        items.add(checkOutput(state.get()));
        choice.get().ifPresent(description -> items.add(Item.passed("Several keyboard outputs", description)));
        return items;
    }

    private static Item checkOutput(HidState now) {
        String name = "Keyboard output";
        if (now.condition() == Condition.READY) {
            return Item.passed(name, "It is ready.");
        }
        String remedy = now.condition() == Condition.ABSENT ? "Connect a device that types on the computer, and look whether its driver's bundle runs."
            : "Check the USB cable to the computer, and whether the computer is on.";
        return Item.failed(name, now.reason(), remedy);
    }
}
