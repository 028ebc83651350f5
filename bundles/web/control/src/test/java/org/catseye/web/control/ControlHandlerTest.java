package org.catseye.web.control;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.hid.HidState;
import org.catseye.hid.HidState.Condition;
import org.catseye.hid.HidState.Feature;
import org.catseye.hid.Usage;
import org.catseye.testkit.FakeHidSession;
import org.catseye.web.ChannelHandler.End;
import org.catseye.web.control.ControlBench.Line;
import org.catseye.web.control.connection.ErrorSender;
import org.catseye.web.control.message.DamagedMessages;
import org.junit.After;
import org.junit.Test;

/** Control sockets and their input sessions. */
public class ControlHandlerTest {

    private static final String A_DOWN = "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}";
    private static final String A_UP = "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":false}";
    private static final long SEED = Long.getLong("catseye.test.seed", System.nanoTime());

    private final ControlBench bench = new ControlBench();
    private final Line line = new Line("default", "admin");

    @After
    public void nothingIsLeft() {
        bench.handler.stop();
        assertTrue(Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("control-ticker")));
    }

    @Test
    public void inputReachesTheHubOnTheCallersThread() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        end.message(A_DOWN);
        end.message("{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":1}");
        end.message("{\"type\":\"move\",\"dx\":3,\"dy\":-2,\"buttons\":0}");
        end.message("{\"type\":\"wheel\",\"dx\":0,\"dy\":-1}");
        end.message("{\"type\":\"releaseAll\"}");
        end.message(A_UP);
        assertEquals(List.of("key 7:4 down", "pointTo 0.5 0.25 1", "moveBy 3 -2 0", "wheel 0 -1", "releaseAll", "key 7:4 up"), hub.last().deeds());
        assertEquals(List.of(), line.sent("error"));
    }

    @Test
    public void aPingIsAnsweredWithTheTime() {
        long before = System.currentTimeMillis() * 1000;
        bench.handler.open(line).message("{\"type\":\"ping\",\"id\":-7}");
        String pong = line.last("pong");
        assertTrue(pong, pong.startsWith("{\"type\":\"pong\",\"id\":-7,\"time\":"));
        long time = Long.parseLong(pong.replaceAll(".*\"time\":|}", ""));
        assertTrue("microseconds since the epoch: " + time, time >= before && time < before + 60_000_000);
    }

    @Test
    public void eachSocketHasItsOwnInputSessionAndReleasesItsKeysWhenClosed() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End one = bench.handler.open(line);
        FakeHidSession first = hub.last();
        End two = bench.handler.open(new Line("default", "admin"));
        FakeHidSession second = hub.last();
        one.message(A_DOWN);
        two.message(A_DOWN);
        one.closed();
        one.closed();
        assertTrue(first.allUp());
        assertEquals(Set.of(Usage.keyboardUsage(4)), second.held());
        two.closed();
        assertTrue(second.allUp());
        assertEquals("every session went back, the board's own too", List.of(), hub.open);
        two.message(A_DOWN);
        assertEquals("a closed end takes no hands", List.of(), hub.open);
    }

    @Test
    public void channelsOfOtherTargetsAreNotTouched() {
        bench.plug(1, "default");
        FakeKeyboardHub other = bench.plug(2, "bay2");
        End end = bench.handler.open(line);
        end.message(A_DOWN);
        assertEquals("nobody looks there", List.of(), other.opened);
        end.closed();
    }

    @Test
    public void theChannelStaysOpenWhileTheHubIsReplaced() {
        FakeKeyboardHub old = bench.plug(1, "default");
        End end = bench.handler.open(line);
        FakeHidSession before = old.last();
        end.message(A_DOWN);
        bench.unplug(old, 1, "default");
        assertTrue("the old hub was let go of", before.allUp());
        assertEquals(List.of(), old.open);
        assertTrue(line.last("state"), line.last("state").contains("\"hid\":{\"state\":\"ABSENT\",\"reason\":\"the keyboard hub is being replaced"));
        end.message(A_DOWN);
        bench.pass(250);
        FakeKeyboardHub young = bench.plug(2, "default");
        assertTrue(line.last("state"), line.last("state").contains("\"hid\":{\"state\":\"READY\""));
        end.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), young.last().held());
        assertEquals(List.of(), line.sent("error"));
    }

    @Test
    public void aBetterHubIsUsedAtOnceAndRemovingTheOldOneChangesNothing() {
        FakeKeyboardHub old = bench.plug(2, "default");
        End end = bench.handler.open(line);
        FakeKeyboardHub young = bench.plug(1, "default");
        assertEquals(List.of(), old.open);
        end.message(A_DOWN);
        bench.unplug(old, 2, "default");
        assertEquals(Set.of(Usage.keyboardUsage(4)), young.last().held());
        assertEquals("taken once: by the board and by the channel", 2, young.opened.size());
    }

    @Test
    public void aHubThatOpensNoSessionOrThrowsDoesNoHarm() {
        FakeKeyboardHub broken = new FakeKeyboardHub();
        broken.stopped = true;
        bench.handler.bindInput(broken, ControlBench.properties(1, "default"));
        End end = bench.handler.open(line);
        end.message(A_DOWN);
        broken.stopped = false;
        bench.pass(250);
        end.message(A_DOWN);
        assertEquals("taken as soon as it gives", Set.of(Usage.keyboardUsage(4)), broken.last().held());
        broken.last().tear();
        end.message(A_UP);
        assertTrue(line.last("error"), line.last("error").contains("\"code\":\"not_done\""));
        end.closed();
        assertEquals(List.of(), broken.open);
    }

    @Test
    public void aViewerWithoutControlGetsAnErrorAndNoInputSession() {
        bench.access.granted = EnumSet.of(Permission.VIEW);
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        for (String text : List.of(A_DOWN, "{\"type\":\"wheel\",\"dx\":0,\"dy\":1}", "{\"type\":\"releaseAll\"}")) {
            end.message(text);
            assertTrue(line.last("error"), line.last("error").contains("\"code\":\"forbidden\""));
        }
        end.message("{\"type\":\"ping\",\"id\":1}");
        assertEquals(1, line.sent("pong").size());
        assertEquals("only the board listens", 1, hub.opened.size());
        assertEquals(List.of(), hub.last().deeds());
    }

    @Test
    public void aLostPermissionReleasesTheKeysWithoutAMessage() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        end.message(A_DOWN);
        FakeHidSession hands = hub.last();
        bench.access.granted = EnumSet.of(Permission.VIEW);
        bench.pass(250);
        assertTrue(hands.allUp());
        assertTrue(line.last("state"), line.last("state").endsWith("\"permissions\":[\"VIEW\"]}"));
        end.message(A_DOWN);
        assertTrue(line.last("error"), line.last("error").contains("forbidden"));
        bench.access.granted = EnumSet.of(Permission.VIEW, Permission.CONTROL);
        end.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), hub.last().held());
    }

    @Test
    public void aLostPermissionAppliesToTheNextMessage() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        end.message(A_DOWN);
        bench.access.granted = EnumSet.noneOf(Permission.class);
        end.message("{\"type\":\"key\",\"code\":\"KeyB\",\"down\":true}");
        assertTrue(hub.last().allUp());
        assertEquals(1, line.sent("error").size());
    }

    @Test
    public void aMediaKeyIsReleasedOnBothPagesEvenIfTheDeviceChanged() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        end.message("{\"type\":\"key\",\"code\":\"AudioVolumeMute\",\"down\":true}");
        hub.last().become(new HidState(Condition.READY, "a plain keyboard", Set.of(Feature.KEYBOARD)));
        end.message("{\"type\":\"key\",\"code\":\"AudioVolumeMute\",\"down\":false}");
        assertTrue(hub.last().allUp());
        end.message("{\"type\":\"key\",\"code\":\"AudioVolumeMute\",\"down\":true}");
        assertEquals(Set.of(Usage.keyboardUsage(0x7f)), hub.last().held());
    }

    @Test
    public void aFloodOfBadMessagesIsAnsweredAFewTimesAndSummarized() {
        End end = bench.handler.open(line);
        for (int i = 0; i < 1_000; i++) {
            end.message("garbage");
        }
        assertEquals(ErrorSender.MAX_ERRORS_PER_SECOND, line.sent("error").size());
        bench.pass(1_000);
        assertTrue(line.last("error"), line.last("error").contains("\"code\":\"too_many_errors\",\"message\":\"980 more messages"));
        end.message("garbage");
        assertTrue(line.last("error"), line.last("error").contains("bad_message"));
        bench.pass(1_000);
        assertEquals("no more to sum up", ErrorSender.MAX_ERRORS_PER_SECOND + 2, line.sent("error").size());
    }

    @Test
    public void twentyThousandBadMessagesLeaveTheSocketWorkingAndNoKeyPressed() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        FakeHidSession hands = hub.last();
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            end.message(DamagedMessages.createMessage(random));
            bench.now += 1_000_000;
        }
        int before = line.sent("error").size();
        assertTrue("seed " + SEED, before > 0 && before <= 20 * ErrorSender.MAX_ERRORS_PER_SECOND + ErrorSender.MAX_ERRORS_PER_SECOND);
        end.message("{\"type\":\"ping\",\"id\":424242}");
        assertTrue("seed " + SEED, line.last("pong").contains("424242"));
        assertFalse("seed " + SEED, hands.deeds().isEmpty());
        end.closed();
        assertTrue("seed " + SEED, hands.allUp());
        assertEquals("seed " + SEED, List.of(), hub.open);
    }

    @Test
    public void aStoppedHandlerReleasesEverythingBeforeItsReferencesAreUnbound() {
        FakeKeyboardHub hub = bench.plug(1, "default");
        End end = bench.handler.open(line);
        end.message(A_DOWN);
        FakeHidSession hands = hub.last();
        bench.handler.stop();
        assertTrue(hands.allUp());
        assertEquals(List.of(), hub.open);
        bench.unplug(hub, 1, "default");
        end.closed();
        end.message(A_DOWN);
    }
}
