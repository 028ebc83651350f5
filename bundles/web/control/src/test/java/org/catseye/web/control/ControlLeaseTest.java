package org.catseye.web.control;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.catseye.access.Permission;
import org.catseye.hid.Usage;
import org.catseye.testkit.FakeHidSession;
import org.catseye.web.ChannelHandler.End;
import org.catseye.web.control.ControlBench.Line;
import org.junit.After;
import org.junit.Test;

/** One person controls a target, the others watch and ask. */
public class ControlLeaseTest {

    private static final String A_DOWN = "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}";
    private static final String A_UP = "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":false}";
    private static final long SEED = Long.getLong("catseye.test.seed", System.nanoTime());

    private final List<ControlBench> benches = new ArrayList<>();
    private final ControlBench bench = bench(false);
    private final FakeHands hub = bench.plug(1, "default");
    private final Line annLine = new Line("default", "ann");
    private final Line bobLine = new Line("default", "bob");
    private final End ann = bench.handler.open(annLine);
    private final FakeHidSession annHands = hub.last();
    private final End bob = bench.handler.open(bobLine);
    private final FakeHidSession bobHands = hub.last();

    private ControlBench bench(boolean shared) {
        ControlBench made = new ControlBench(shared);
        benches.add(made);
        return made;
    }

    @After
    public void stop() {
        benches.forEach(one -> one.handler.stop());
    }

    private static String say(String type) {
        return "{\"type\":\"" + type + "\"}";
    }

    private static String told(String holder, boolean mine, String asking) {
        return told(holder, mine, asking, 1);
    }

    private static String told(String holder, boolean mine, String asking, int others) {
        return "{\"type\":\"control\",\"holder\":\"" + holder + "\",\"mine\":" + mine + ",\"asking\":\"" + asking + "\",\"shared\":false,\"others\":" + others + "}";
    }

    private static String code(Line line) {
        return line.last("error").replaceAll(".*\"code\":\"([^\"]*)\".*", "$1");
    }

    @Test
    public void aPointerThatOnlyMovesDoesNotTakeAFreeLease() {
        ann.message("{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":0}");
        bob.message("{\"type\":\"move\",\"dx\":1,\"dy\":0,\"buttons\":0}");
        assertEquals("it moves", List.of(1, 1), List.of(annHands.deeds().size(), bobHands.deeds().size()));
        assertEquals(List.of(), bench.audit);
        assertEquals("free", told("", false, ""), annLine.last("control"));
        bob.message("{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":1}");
        assertEquals(told("bob", true, ""), bobLine.last("control"));
        ann.message("{\"type\":\"pointer\",\"x\":0,\"y\":0,\"buttons\":0}");
        assertEquals("not_in_control", code(annLine));
    }

    @Test
    public void aFreeLeaseGoesToTheFirstWhoTypesAndTheOthersAreRefused() {
        assertEquals(told("", false, ""), annLine.last("control"));
        ann.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), annHands.held());
        assertEquals(told("ann", true, ""), annLine.last("control"));
        assertEquals(told("ann", false, ""), bobLine.last("control"));
        for (String deed : List.of(A_DOWN, "{\"type\":\"pointer\",\"x\":0,\"y\":0,\"buttons\":0}", "{\"type\":\"move\",\"dx\":1,\"dy\":0,\"buttons\":0}", "{\"type\":\"wheel\",\"dx\":0,\"dy\":1}")) {
            bob.message(deed);
            assertEquals("not_in_control", code(bobLine));
        }
        assertEquals("nothing but letting go", List.of("releaseAll"), bobHands.deeds());
        assertEquals(List.of(), annLine.sent("error"));
        assertEquals(List.of("control.taken ann {target=default}"), bench.audit);
    }

    @Test
    public void lettingGoIsNeverRefusedAndTakesNothing() {
        bob.message(say("releaseAll"));
        bob.message(A_UP);
        assertEquals(told("", false, ""), bobLine.last("control"));
        ann.message(A_DOWN);
        bob.message(say("releaseAll"));
        bob.message(A_UP);
        assertEquals(List.of(), bobLine.sent("error"));
        assertEquals("not ann's keys", Set.of(Usage.keyboardUsage(4)), annHands.held());
    }

    @Test
    public void theTabsOfAUserShareItAndItIsFreeWhenTheLastCloses() {
        ann.message(A_DOWN);
        End second = bench.handler.open(new Line("default", "ann"));
        second.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), hub.last().held());
        ann.closed();
        bob.message(A_DOWN);
        assertEquals("not_in_control", code(bobLine));
        second.closed();
        assertEquals("a reload may be on its way", told("ann", false, "", 0), bobLine.last("control"));
        bench.pass(10_000);
        assertEquals(told("", false, "", 0), bobLine.last("control"));
        bob.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), bobHands.held());
    }

    @Test
    public void whoAsksIsGrantedAndTheFormersKeysGoUp() {
        ann.message(A_DOWN);
        bob.message(say("request"));
        assertEquals(told("ann", true, "bob"), annLine.last("control"));
        assertEquals(told("ann", false, "bob"), bobLine.last("control"));
        bob.message(say("grant"));
        bob.message(say("deny"));
        assertEquals("nobody answers himself", told("ann", false, "bob"), bobLine.last("control"));
        ann.message(say("grant"));
        assertTrue(annHands.allUp());
        assertEquals(told("bob", true, ""), bobLine.last("control"));
        assertEquals(told("bob", false, ""), annLine.last("control"));
        bob.message(A_DOWN);
        ann.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), bobHands.held());
        assertTrue(annHands.allUp());
        assertEquals(List.of("control.taken ann {target=default}", "control.released ann {target=default, why=granted it}", "control.taken bob {target=default}"), bench.audit);
    }

    @Test
    public void whoIsDeniedIsToldAndMayAskAgain() {
        ann.message(A_DOWN);
        bob.message(say("request"));
        ann.message(say("deny"));
        assertTrue(bobLine.last("error"), bobLine.last("error").contains("\"code\":\"denied\",\"message\":\"ann keeps control\""));
        assertEquals(told("ann", true, ""), annLine.last("control"));
        assertEquals("typing was not disturbed", Set.of(Usage.keyboardUsage(4)), annHands.held());
        bob.message(say("request"));
        assertEquals(told("ann", true, "bob"), annLine.last("control"));
    }

    @Test
    public void whoIsDeniedWaitsAMinuteIfOthersWantedToAsk() {
        Line eveLine = new Line("default", "eve");
        End eve = bench.handler.open(eveLine);
        ann.message(A_DOWN);
        bob.message(say("request"));
        eve.message(say("request"));
        assertEquals("busy", code(eveLine));
        ann.message(say("deny"));
        bench.pass(1);
        bob.message(say("request"));
        assertEquals("{\"type\":\"error\",\"code\":\"too_soon\",\"message\":\"you asked for control of default in vain a short while ago; others get a turn now, "
                + "ask again in 60 s\"}", bobLine.last("error"));
        bench.pass(58_999);
        bob.message(say("request"));
        assertTrue(bobLine.last("error"), bobLine.last("error").contains("ask again in 1 s"));
        assertEquals("nobody was asked", told("ann", true, "", 2), annLine.last("control"));
        bench.pass(1_000);
        bob.message(say("request"));
        assertEquals(told("ann", true, "bob", 2), annLine.last("control"));
    }

    @Test
    public void whoGivesNoSignOfLifeHoldsNoKeyButKeepsControl() {
        ann.message(A_DOWN);
        ann.silent();
        assertTrue(annHands.allUp());
        assertEquals(told("ann", true, ""), annLine.last("control"));
    }

    @Test
    public void noAnswerInHalfAMinuteIsDenied() {
        ann.message(A_DOWN);
        bob.message(say("request"));
        bench.pass(Lease.PATIENCE_SECONDS * 1_000 - 1);
        assertEquals(List.of(), bobLine.sent("error"));
        bench.pass(1);
        assertTrue(bobLine.last("error"), bobLine.last("error").contains("\"code\":\"denied\",\"message\":\"ann did not answer within 30 s"));
        assertEquals(told("ann", true, ""), annLine.last("control"));
        ann.message(say("grant"));
        assertEquals("too late", told("ann", true, ""), annLine.last("control"));
    }

    @Test
    public void oneAsksAtATimeAndOthersDoNotHearOfIt() {
        Line eveLine = new Line("default", "eve");
        End eve = bench.handler.open(eveLine);
        ann.message(A_DOWN);
        bob.message(say("request"));
        assertEquals("", told("ann", false, "", 2), eveLine.last("control"));
        eve.message(say("request"));
        assertEquals("busy", code(eveLine));
        bob.closed();
        eve.message(say("request"));
        assertEquals(told("ann", true, "eve"), annLine.last("control"));
    }

    @Test
    public void whoeverIsNotAnsweredOrGoesWhileAskingLetsOthersAskFirst() {
        Line eveLine = new Line("default", "eve");
        End eve = bench.handler.open(eveLine);
        ann.message(A_DOWN);
        bob.message(say("request"));
        eve.message(say("request"));
        bench.pass(Lease.PATIENCE_SECONDS * 1_000);
        bob.message(say("request"));
        assertEquals("too_soon", code(bobLine));
        eve.message(say("request"));
        assertEquals(told("ann", true, "eve", 2), annLine.last("control"));
        bob.message(say("request"));
        assertEquals("busy", code(bobLine));
        eve.closed();
        eveLine.sent.clear();
        End again = bench.handler.open(eveLine);
        again.message(say("request"));
        assertEquals("a question is not renewed by going", "too_soon", code(eveLine));
        bench.pass(Lease.WAIT_SECONDS * 1_000);
        bob.message(say("request"));
        assertEquals(told("ann", true, "bob", 2), annLine.last("control"));
    }

    @Test
    public void whoAskedInVainHasAFreeLeaseAtOnceAndAnAdministratorTakesIt() {
        ann.message(A_DOWN);
        bob.message(say("request"));
        ann.message(say("deny"));
        bench.access.byUser.put("bob", EnumSet.allOf(Permission.class));
        bob.message(say("take"));
        assertEquals(told("bob", true, ""), bobLine.last("control"));
        bob.message(say("release"));
        bob.message(say("request"));
        assertEquals(told("bob", true, ""), bobLine.last("control"));
        ann.message(say("request"));
        assertEquals("who denied has not asked", told("bob", true, "ann"), bobLine.last("control"));
    }

    @Test
    public void itPassesToWhoAsksWhenTheHolderLeavesOrGivesItUp() {
        ann.message(A_DOWN);
        bob.message(say("request"));
        ann.message(say("release"));
        assertTrue(annHands.allUp());
        assertEquals(told("bob", true, ""), bobLine.last("control"));
        ann.message(say("request"));
        bob.closed();
        assertEquals("a reload may be on its way", told("bob", false, "ann", 0), annLine.last("control"));
        bench.pass(10_000);
        assertEquals(told("ann", true, "", 0), annLine.last("control"));
        ann.message(say("release"));
        assertEquals(told("", false, "", 0), annLine.last("control"));
        ann.message(say("request"));
        assertEquals("a free one is had for the asking", told("ann", true, "", 0), annLine.last("control"));
        assertEquals(List.of("control.taken ann {target=default}", "control.released ann {target=default, why=gave it up}", "control.taken bob {target=default}",
                "control.released bob {target=default, why=left}", "control.taken ann {target=default}", "control.released ann {target=default, why=gave it up}",
                "control.taken ann {target=default}"), bench.audit);
    }

    @Test
    public void onlyAnAdministratorTakesIt() {
        ann.message(A_DOWN);
        bob.message(say("take"));
        assertEquals("forbidden", code(bobLine));
        bench.access.byUser.put("bob", EnumSet.allOf(Permission.class));
        bob.message(say("take"));
        assertTrue(annHands.allUp());
        assertEquals(told("bob", false, ""), annLine.last("control"));
        assertEquals(List.of("control.released ann {target=default, why=taken by bob}", "control.taken bob {target=default}"), bench.audit.subList(1, 3));
    }

    @Test
    public void whoMayOnlyLookNeitherAsksNorGetsIt() {
        bench.access.byUser.put("bob", EnumSet.of(Permission.VIEW));
        for (String type : List.of("request", "take", "release", "grant", "deny")) {
            bob.message(say(type));
            assertEquals("forbidden", code(bobLine));
        }
        assertEquals(told("", false, ""), bobLine.last("control"));
        assertEquals(List.of(), bench.audit);
    }

    @Test
    public void whoLosesTheRightLosesTheLease() {
        ann.message(A_DOWN);
        bench.access.byUser.put("ann", EnumSet.of(Permission.VIEW));
        bench.pass(250);
        assertTrue(annHands.allUp());
        assertEquals(told("", false, ""), bobLine.last("control"));
        bob.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), bobHands.held());
    }

    @Test
    public void inSharedModeEverybodyTypesAndNobodyHoldsIt() {
        ControlBench open = bench(true);
        FakeHands hands = open.plug(1, "default");
        Line line = new Line("default", "ann");
        End one = open.handler.open(line);
        FakeHidSession first = hands.last();
        End two = open.handler.open(new Line("default", "bob"));
        one.message(A_DOWN);
        two.message(A_DOWN);
        two.message(say("request"));
        assertEquals(Set.of(Usage.keyboardUsage(4)), first.held());
        assertEquals(Set.of(Usage.keyboardUsage(4)), hands.last().held());
        assertEquals("{\"type\":\"control\",\"holder\":\"\",\"mine\":true,\"asking\":\"\",\"shared\":true,\"others\":1}", line.last("control"));
        assertEquals(List.of(), line.sent("error"));
        assertEquals(List.of(), open.audit);
    }

    @Test
    public void whoChangesItAllTheTimeIsSlowedDownInAllHisTabsAndTheOthersAreNot() {
        End second = bench.handler.open(new Line("default", "ann"));
        for (int i = 0; i < 1_000; i++) {
            (i % 2 == 0 ? ann : second).message(say("request"));
            (i % 2 == 0 ? second : ann).message(say("release"));
        }
        assertEquals("three had, two given up", Pace.MOST_PER_SECOND, bench.audit.size());
        assertEquals("too_many", code(annLine));
        assertTrue(annLine.last("error"), annLine.last("error").contains("more than 5 times a second; this one is not done"));
        bob.message(say("request"));
        assertEquals(told("ann", false, "bob", 1), bobLine.last("control"));
        ann.message(say("grant"));
        assertEquals("an answer is not counted", told("bob", true, "", 1), bobLine.last("control"));
        bench.pass(200);
        ann.message(say("request"));
        assertEquals(told("bob", true, "ann", 1), bobLine.last("control"));
    }

    @Test
    public void takingAllTheTimeIsSlowedDownToo() {
        bench.access.granted = EnumSet.allOf(Permission.class);
        for (int i = 0; i < 1_000; i++) {
            ann.message(say("take"));
            bob.message(say("take"));
        }
        assertEquals("each five times; nothing is released the first time", 4 * Pace.MOST_PER_SECOND - 1, bench.audit.size());
        assertEquals("too_many", code(annLine));
    }

    @Test
    public void anotherTargetHasALeaseOfItsOwn() {
        ann.message(A_DOWN);
        FakeHands other = bench.plug(2, "bay2");
        Line line = new Line("bay2", "bob");
        End there = bench.handler.open(line);
        there.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), other.last().held());
        assertEquals(told("bob", true, "", 0), line.last("control"));
    }

    @Test
    public void whateverPeopleSayNoKeyIsHeldByAnybodyButTheHolder() {
        Random random = new Random(SEED);
        bench.access.byUser.put("ann", EnumSet.allOf(Permission.class));
        List<String> words = List.of(A_DOWN, A_DOWN, A_UP, say("request"), say("grant"), say("deny"), say("take"), say("release"), say("releaseAll"));
        for (int i = 0; i < 20_000; i++) {
            bench.now += TimeUnit.MILLISECONDS.toNanos(random.nextInt(400));
            (random.nextBoolean() ? ann : bob).message(words.get(random.nextInt(words.size())));
            if (random.nextInt(50) == 0) {
                bench.pass(random.nextInt(20_000));
            }
            boolean both = !annHands.allUp() && !bobHands.allUp();
            assertFalse("seed " + SEED + " step " + i, both);
        }
        assertFalse("seed " + SEED + ": both had it", Collections.disjoint(bench.audit, Set.of("control.taken ann {target=default}"))
                || Collections.disjoint(bench.audit, Set.of("control.taken bob {target=default}")));
    }

    @Test
    public void aReloadKeepsControl() {
        ann.message(A_DOWN);
        ann.closed();
        bob.message(A_DOWN);
        assertEquals("not_in_control", code(bobLine));
        bench.pass(9_999);
        Line again = new Line("default", "ann");
        End reloaded = bench.handler.open(again);
        assertEquals(told("ann", true, ""), again.last("control"));
        bench.pass(60_000);
        assertEquals("it is hers as before", told("ann", true, ""), again.last("control"));
        reloaded.message(A_DOWN);
        assertEquals(List.of(), again.sent("error"));
        assertEquals("nothing has changed hands", List.of("control.taken ann {target=default}"), bench.audit);
    }

    @Test
    public void whoLogsOutHasNoGrace() {
        ann.message(A_DOWN);
        annLine.ended.set(true);
        ann.closed();
        assertEquals(told("", false, "", 0), bobLine.last("control"));
        assertEquals("control.released ann {target=default, why=left}", bench.audit.get(1));
    }

    @Test
    public void whoeverComesAfterTheGraceFindsItFreeThoughNobodyWasThereToSeeItEnd() {
        ann.message(A_DOWN);
        bob.closed();
        ann.closed();
        bench.now += TimeUnit.SECONDS.toNanos(11);
        Line eve = new Line("default", "eve");
        bench.handler.open(eve);
        assertEquals(told("", false, "", 0), eve.last("control"));
        assertEquals("control.released ann {target=default, why=left}", bench.audit.get(1));
    }

    @Test
    public void whoDoesNothingForAQuarterOfAnHourLosesItAndHisKeysGoUp() {
        ann.message(A_DOWN);
        bench.pass(14 * 60_000);
        ann.message("{\"type\":\"move\",\"dx\":1,\"dy\":0,\"buttons\":0}");
        ann.message(say("releaseAll"));
        ann.message(A_DOWN);
        bench.pass(15 * 60_000 - 1);
        assertEquals(told("ann", true, ""), annLine.last("control"));
        bench.pass(1);
        assertEquals(told("", false, ""), annLine.last("control"));
        assertTrue(annHands.allUp());
        assertEquals("control.released ann {target=default, why=idle}", bench.audit.get(1));
        ann.message(A_DOWN);
        assertEquals("who is alone with it does not notice", told("ann", true, ""), annLine.last("control"));
    }

    @Test
    public void neitherPingsNorTheOthersKeepAnIdleLease() {
        ann.message(A_DOWN);
        bench.pass(10 * 60_000);
        ann.message("{\"type\":\"ping\",\"id\":1}");
        bob.message(A_DOWN);
        bob.message(say("request"));
        bench.pass(5 * 60_000);
        assertEquals("the question was denied long ago", told("", false, ""), bobLine.last("control"));
    }

    @Test
    public void anIdleLeaseGoesToWhoAsksJustThen() {
        ann.message(A_DOWN);
        bench.pass(15 * 60_000 - 10_000);
        bob.message(say("request"));
        bench.pass(10_000);
        assertEquals(told("bob", true, ""), bobLine.last("control"));
    }

    @Test
    public void theRecordSaysFromWhereAlsoOfWhoHasGone() {
        ann.message(A_DOWN);
        ann.closed();
        bench.pass(10_000);
        bob.message(A_DOWN);
        // The bench writes an address down only if it is not the user's own.
        assertTrue(bench.audit.toString(), bench.audit.size() == 3 && bench.audit.stream().noneMatch(line -> line.contains(" from ")));
    }
}
