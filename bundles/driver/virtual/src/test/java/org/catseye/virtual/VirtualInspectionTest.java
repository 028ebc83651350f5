package org.catseye.virtual;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.testkit.FakeHidFeedback;
import org.catseye.virtual.machine.Bench;
import org.catseye.virtual.machine.Machine.Power;
import org.catseye.virtual.paint.FontSource;
import org.junit.Test;

/** The pretend computer has a self-check as every device has. */
public class VirtualInspectionTest {

    @Test
    public void aComputerThatIsUsedPassesEverything() {
        List<Item> items = VirtualInspection.inspectAll(Optional.empty(), Power.ASLEEP, true, true);
        assertEquals(List.of("Configuration", "Power", "Screen", "USB port"), items.stream().map(Item::name).toList());
        assertTrue(items.toString(), items.stream().allMatch(Item::ok));
    }

    @Test
    public void whatIsSwitchedOffOrUnusedIsAFaultWithARemedy() {
        List<Item> items = VirtualInspection.inspectAll(Optional.empty(), Power.OFF, false, false);
        assertEquals(List.of("Power", "Screen", "USB port"), items.stream().filter(item -> !item.ok()).map(Item::name).toList());
        assertTrue(items.toString(), items.stream().filter(item -> !item.ok()).noneMatch(item -> item.remedy().isEmpty()));
    }

    @Test
    public void theDeviceReportsWhoUsesItAndAWrongSetting() {
        VirtualTarget target = new VirtualTarget(Map.of(), System::nanoTime, Bench.WALL, FontSource::drawWithJava);
        assertEquals(List.of("Screen", "USB port"), failed(target));
        target.attach(new FakeHidFeedback());
        assertEquals(List.of("Screen"), failed(target));
        VirtualTarget wrong = new VirtualTarget(Map.of("fps", "many"), System::nanoTime, Bench.WALL, FontSource::drawWithJava);
        assertEquals(List.of("Configuration"), failed(wrong));
    }

    private static List<String> failed(VirtualTarget target) {
        return target.checkItems().stream().filter(item -> !item.ok()).map(Item::name).toList();
    }
}
