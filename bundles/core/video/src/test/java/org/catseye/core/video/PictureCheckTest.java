package org.catseye.core.video;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.catseye.config.BadValueException;
import org.catseye.targets.SelfCheck.Item;
import org.catseye.video.Codec;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoFormat;
import org.catseye.video.VideoState;
import org.catseye.video.VideoState.Condition;
import org.junit.Test;

public class PictureCheckTest {

    private static final Optional<VideoFormat> FORMAT = Optional.of(new VideoFormat(Codec.JPEG, 1280, 720));

    @Test
    public void aLivePicturePassesAndSaysWhatItIs() {
        List<Item> items = check(new VideoState(Condition.LIVE, "", false, FORMAT, 29.6, 1, 5, 0,
            IncomingSignal.ofPicture(Optional.of(new IncomingSignal.Timing(1920, 1080, 60, false)))));
        assertEquals(List.of("Capture device", "Signal", "Picture"), items.stream().map(Item::name).toList());
        assertTrue(items.toString(), items.stream().allMatch(Item::ok));
        assertEquals("The computer sends 1920x1080p at 60/s.", items.get(1).description());
        assertTrue(items.get(2).description(), items.get(2).description().startsWith("1280 x 720 JPEG, 30 new pictures"));
    }

    @Test
    public void theFirstFaultIsTheLastItemAndHasARemedy() {
        assertFault(Condition.NO_DEVICE, "Capture device");
        assertFault(Condition.MISCONFIGURED, "Capture device");
        assertFault(Condition.CONNECTING, "Capture device");
        assertFault(Condition.NO_SIGNAL, "Signal");
    }

    @Test
    public void aPictureThatStandsStillBecauseSomethingWasLostIsAFault() {
        Item last = lastOf(check(new VideoState(Condition.LIVE, "Datagrams were lost.", true, FORMAT, 0, 1, 5, 3, IncomingSignal.UNKNOWN)));
        assertFalse(last.ok());
        assertEquals("Datagrams were lost.", last.description());
    }

    @Test
    public void severalDevicesAndDevicesWithoutATargetAreDescribed() {
        VideoState live = new VideoState(Condition.LIVE, "", FORMAT, 30, 1, 5, 0);
        List<Item> items = new PictureCheck(() -> live, () -> Optional.of("The stick is used."),
            () -> List.of(new BadValueException("org.example.stick", "kvm.target", "b a y", "the id of a target")), List::of).checkItems();
        assertEquals(Item.passed("Several capture devices", "The stick is used."), items.get(3));
        assertEquals(Item.failed("Device without a target", "org.example.stick: kvm.target is 'b a y'; it has to be the id of a target. The device serves"
            + " no target.", "Correct this value in the configuration."), items.get(4));
    }

    private static void assertFault(Condition condition, String name) {
        Item last = lastOf(check(new VideoState(condition, "The reason.", Optional.empty(), 0, 0, 0, 0)));
        assertEquals(name, last.name());
        assertFalse(last.ok());
        assertEquals("The reason.", last.description());
        assertFalse(last.remedy().isEmpty());
    }

    private static Item lastOf(List<Item> items) {
        return items.get(items.size() - 1);
    }

    private static List<Item> check(VideoState state) {
        return new PictureCheck(() -> state, Optional::empty, List::of, List::of).checkItems();
    }
}
