package org.catseye.capture.v4l2;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Optional;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class SticksTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private SysfsTree tree;
    private Sticks sticks;
    private int losses;

    @Before
    public void plant() throws IOException {
        tree = new SysfsTree(folder.getRoot().toPath());
        sticks = new Sticks(new Discovery(tree.sysfs(), node -> true));
    }

    @Test
    public void oneThatTakesAnyTakesTheFirst() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        tree.usb(2, "1-2", "534d", "2109");
        join("a", "");
        assertEquals("1-1", port("a"));
        assertEquals("and keeps it", "1-1", port("a"));
    }

    @Test
    public void aKnownStickIsPreferredToACamera() throws IOException {
        tree.usb(0, "1-1", "046d", "0825");
        tree.usb(2, "1-2", "534d", "2109");
        join("a", "");
        assertEquals("1-2", port("a"));
    }

    @Test
    public void noStickServesTwo() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("a", "");
        join("b", "");
        assertEquals("1-1", port("a"));
        assertEquals("none", port("b"));
        sticks.leave("a");
        assertEquals("free again", "1-1", port("b"));
    }

    @Test
    public void namedSticksAreLeftToWhoNamesThem() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("any", "");
        join("named", "1-1");
        assertEquals("none", port("any"));
        assertEquals("1-1", port("named"));
    }

    @Test
    public void namingAStickTakesItFromOneThatTookAny() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("any", "");
        Stick stick = sticks.claim("any").orElseThrow();
        assertTrue(sticks.holds("any", stick));
        join("named", "1-1");
        assertFalse(sticks.holds("any", stick));
        assertEquals("told", 1, losses);
    }

    @Test
    public void aStickThatIsStillOpenChangesHandsWhenItIsClosed() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("any", "");
        sticks.opening("any", sticks.claim("any").orElseThrow());
        join("named", "1-1");
        assertEquals("none", port("named"));
        sticks.closed("any");
        assertEquals("1-1", port("named"));
    }

    @Test
    public void aMovedStickIsTakenUpAgainByWhoTakesAny() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("a", "");
        assertEquals("1-1", port("a"));
        tree.remove(0);
        assertEquals("none", port("a"));
        tree.usb(0, "1-4", "534d", "2109");
        assertEquals("1-4", port("a"));
    }

    @Test
    public void anotherDongleInTheSamePortIsTakenUp() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("a", "");
        port("a");
        tree.remove(0);
        tree.usb(0, "1-1", "345f", "2130");
        assertEquals("1-1", port("a"));
    }

    @Test
    public void aStickNeverMovesToAnotherTargetOverAReplug() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        tree.usb(2, "1-2", "534d", "2109");
        join("a", "");
        join("b", "");
        assertEquals("1-1", port("a"));
        assertEquals("1-2", port("b"));
        tree.remove(0);
        tree.remove(2);
        assertEquals("none", port("a"));
        assertEquals("none", port("b"));
        tree.usb(0, "1-2", "534d", "2109");
        assertEquals("it was b's", "none", port("a"));
        assertEquals("1-2", port("b"));
        tree.usb(2, "1-1", "534d", "2109");
        assertEquals("1-1", port("a"));
    }

    @Test
    public void whoNamesAPortGetsNoOther() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("a", "1-2");
        assertEquals("none", port("a"));
    }

    @Test
    public void sticksCanBeNamedByIdsAndNode() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        tree.usb(2, "1-2", "345f", "2130");
        join("ids", "345F:2130");
        assertEquals("1-2", port("ids"));
        join("node", "/dev/video0");
        assertEquals("1-1", port("node"));
    }

    @Test
    public void whoLeftHasNothing() throws IOException {
        tree.usb(0, "1-1", "534d", "2109");
        join("a", "");
        Stick stick = sticks.claim("a").orElseThrow();
        sticks.leave("a");
        assertFalse(sticks.holds("a", stick));
        assertEquals(Optional.empty(), sticks.claim("a"));
    }

    private void join(String owner, String device) {
        sticks.join(owner, Choice.of(device), () -> losses++);
    }

    private String port(String owner) {
        return sticks.claim(owner).map(Stick::port).orElse("none");
    }
}
