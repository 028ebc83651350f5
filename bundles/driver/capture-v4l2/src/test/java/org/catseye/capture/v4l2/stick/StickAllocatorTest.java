package org.catseye.capture.v4l2.stick;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StickAllocatorTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SysfsTree tree;
    private StickAllocator sticks;
    private int losses;

    @Before
    public void createTree() throws IOException {
        tree = new SysfsTree(folder.getRoot().toPath());
        sticks = new StickAllocator(new StickDiscovery(tree.sysfs(), node -> true));
    }

    @Test
    public void ownerThatAcceptsAnyStickGetsTheFirst() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        tree.addUsbStick(2, "1-2", "534d", "2109");
        registerOwner("a", "");
        assertEquals("1-1", claimedPort("a"));
        assertEquals("and it keeps that one", "1-1", claimedPort("a"));
    }

    @Test
    public void knownStickIsPreferredToACamera() throws IOException {
        tree.addUsbStick(0, "1-1", "046d", "0825");
        tree.addUsbStick(2, "1-2", "534d", "2109");
        registerOwner("a", "");
        assertEquals("1-2", claimedPort("a"));
    }

    @Test
    public void aNewConfigurationSelectsTheStickThatIsHeld() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        tree.addPlatformDevice(10, "unicam-image", "fe801000.csi");
        registerOwner("a", "");
        assertEquals("nothing is claimed yet", Optional.empty(), sticks.findHeldStick("a"));
        claimedPort("a");
        assertEquals("1-1", sticks.describeSelection(sticks.findHeldStick("a").orElseThrow()));
        registerOwner("b", "fe801000.csi");
        assertEquals("fe801000.csi", claimedPort("b"));
        assertEquals("fe801000.csi", sticks.describeSelection(sticks.findHeldStick("b").orElseThrow()));
        tree.addPlatformDevice(11, "unicam-image", "fe801000.csi");
        assertEquals("two nodes at one port", "/dev/video10", sticks.describeSelection(sticks.findHeldStick("b").orElseThrow()));
    }

    @Test
    public void noStickServesTwoOwners() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("a", "");
        registerOwner("b", "");
        assertEquals("1-1", claimedPort("a"));
        assertEquals("none", claimedPort("b"));
        sticks.removeOwner("a");
        assertEquals("free again", "1-1", claimedPort("b"));
    }

    @Test
    public void selectedSticksAreReservedForTheirOwner() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("any", "");
        registerOwner("named", "1-1");
        assertEquals("none", claimedPort("any"));
        assertEquals("1-1", claimedPort("named"));
    }

    @Test
    public void selectingAStickTakesItFromAnOwnerThatAcceptsAny() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("any", "");
        Stick stick = sticks.claimStick("any").orElseThrow();
        assertTrue(sticks.holdsStick("any", stick));
        registerOwner("named", "1-1");
        assertFalse(sticks.holdsStick("any", stick));
        assertEquals("the owner is notified", 1, losses);
    }

    @Test
    public void openStickIsReassignedWhenItIsClosed() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("any", "");
        sticks.markOpened("any", sticks.claimStick("any").orElseThrow());
        registerOwner("named", "1-1");
        assertEquals("none", claimedPort("named"));
        sticks.markClosed("any");
        assertEquals("1-1", claimedPort("named"));
    }

    @Test
    public void movedStickIsFoundAgainByAnOwnerThatAcceptsAny() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("a", "");
        assertEquals("1-1", claimedPort("a"));
        tree.removeDevice(0);
        assertEquals("none", claimedPort("a"));
        tree.addUsbStick(0, "1-4", "534d", "2109");
        assertEquals("1-4", claimedPort("a"));
    }

    @Test
    public void anotherStickInTheSamePortIsUsed() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("a", "");
        claimedPort("a");
        tree.removeDevice(0);
        tree.addUsbStick(0, "1-1", "345f", "2130");
        assertEquals("1-1", claimedPort("a"));
    }

    @Test
    public void stickNeverMovesToAnotherTargetByReplugging() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        tree.addUsbStick(2, "1-2", "534d", "2109");
        registerOwner("a", "");
        registerOwner("b", "");
        assertEquals("1-1", claimedPort("a"));
        assertEquals("1-2", claimedPort("b"));
        tree.removeDevice(0);
        tree.removeDevice(2);
        assertEquals("none", claimedPort("a"));
        assertEquals("none", claimedPort("b"));
        tree.addUsbStick(0, "1-2", "534d", "2109");
        assertEquals("the port belongs to b", "none", claimedPort("a"));
        assertEquals("1-2", claimedPort("b"));
        tree.addUsbStick(2, "1-1", "534d", "2109");
        assertEquals("1-1", claimedPort("a"));
    }

    @Test
    public void ownerThatSelectsAPortGetsNoOther() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("a", "1-2");
        assertEquals("none", claimedPort("a"));
    }

    @Test
    public void sticksCanBeSelectedByIdsAndNode() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        tree.addUsbStick(2, "1-2", "345f", "2130");
        registerOwner("ids", "345F:2130");
        assertEquals("1-2", claimedPort("ids"));
        registerOwner("node", "/dev/video0");
        assertEquals("1-1", claimedPort("node"));
    }

    @Test
    public void removedOwnerHasNoStick() throws IOException {
        tree.addUsbStick(0, "1-1", "534d", "2109");
        registerOwner("a", "");
        Stick stick = sticks.claimStick("a").orElseThrow();
        sticks.removeOwner("a");
        assertFalse(sticks.holdsStick("a", stick));
        assertEquals(Optional.empty(), sticks.claimStick("a"));
    }

    private void registerOwner(String owner, String device) {
        sticks.registerOwner(owner, StickSelector.parseSelector(device), () -> losses++);
    }

    private String claimedPort(String owner) {
        return sticks.claimStick(owner).map(Stick::port).orElse("none");
    }
}
