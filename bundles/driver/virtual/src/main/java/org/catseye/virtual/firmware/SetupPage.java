package org.catseye.virtual.firmware;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.catseye.virtual.scene.Nvram;

/**
 * A page of the setup utility. Its items are created again from the settings after each change.
 *
 * @param title as in the bar of pages
 */
record SetupPage(String title, Function<Nvram, List<Item>> itemsOf) {

    /** Changes the value of an item. */
    interface Change {
        /** @param step 1 or -1 @return the settings with the next or previous value */
        Nvram apply(Nvram settings, int step);
    }

    /**
     * One line.
     *
     * @param change null for lines that only inform
     * @param help description, at most 28 letters a line
     */
    record Item(String name, String value, Change change, String help) {
    }

    static List<SetupPage> createPages(String display) {
        return List.of(
            new SetupPage("Main", settings -> List.of(
                createInfoItem("Processor", "Catseye Pretend CPU"), createInfoItem("Memory", "8192 MiB"),
                createInfoItem("Display", display),
                createSwitch("NumLock at boot", settings.numLock(), Nvram::withNumLock, "The keyboard light that\nPOST sets at its end."),
                createSwitch("Quick boot", settings.quickBoot(), Nvram::withQuickBoot, "Leaves out the memory\ntest."))),
            new SetupPage("Keyboard", settings -> List.of(
                new Item("Repeat delay", settings.repeatDelayMillis() + " ms", (s, step) ->
                    s.withRepeat(nextValue(s.repeatDelayMillis(), step, 250, 500, 750, 1000), s.repeatsPerSecond()),
                    "How long a key is held\nbefore it repeats."),
                new Item("Repeat rate", settings.repeatsPerSecond() + " per second", (s, step) ->
                    s.withRepeat(s.repeatDelayMillis(), nextValue(s.repeatsPerSecond(), step, 5, 10, 15, 30)),
                    "How fast a held key\nrepeats."))),
            new SetupPage("Boot", SetupPage::createBootItems));
    }

    private static List<Item> createBootItems(Nvram settings) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < settings.bootOrder().size(); i++) {
            int place = i;
            items.add(new Item("Boot option " + (i + 1), settings.bootOrder().get(i).label(),
                (s, step) -> s.withMovedDevice(place, place - step), "+ moves it up, - moves it\ndown."));
        }
        items.add(createSwitch("Always show boot menu", settings.bootMenu(), Nvram::withBootMenu, "As if F12 was pressed at\neach start."));
        return items;
    }

    private static Item createInfoItem(String name, String value) {
        return new Item(name, value, null, "");
    }

    private interface Setter {
        Nvram set(Nvram settings, boolean on);
    }

    private static Item createSwitch(String name, boolean on, Setter setter, String help) {
        return new Item(name, on ? "Enabled" : "Disabled", (s, step) -> setter.set(s, !on), help);
    }

    private static int nextValue(int value, int step, int... values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] == value) {
                return values[(i + step + values.length) % values.length];
            }
        }
        return values[0];
    }
}
