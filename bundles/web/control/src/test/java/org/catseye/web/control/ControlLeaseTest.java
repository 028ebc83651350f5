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
import org.catseye.web.control.board.TargetBoard;
import org.catseye.web.control.lease.Lease;
import org.junit.After;
import org.junit.Test;

/** One user controls a target; others watch and request control. */
public class ControlLeaseTest {

    private static final String A_DOWN = "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":true}";
    private static final String A_UP = "{\"type\":\"key\",\"code\":\"KeyA\",\"down\":false}";
    private static final long SEED = Long.getLong("catseye.test.seed", System.nanoTime());

    private final List<ControlBench> benches = new ArrayList<>();
    private final ControlBench bench = bench(false);
    private final FakeKeyboardHub hub = bench.plug(1, "default");
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

    private static String withType(String type) {
        return "{\"type\":\"" + type + "\"}";
    }

    private static String leaseMessage(String holder, boolean mine, String asking) {
        return leaseMessage(holder, mine, asking, 1);
    }

    private static String leaseMessage(String holder, boolean mine, String asking, int others) {
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
        assertEquals("free", leaseMessage("", false, ""), annLine.last("control"));
        bob.message("{\"type\":\"pointer\",\"x\":0.5,\"y\":0.25,\"buttons\":1}");
        assertEquals(leaseMessage("bob", true, ""), bobLine.last("control"));
        ann.message("{\"type\":\"pointer\",\"x\":0,\"y\":0,\"buttons\":0}");
        assertEquals("not_in_control", code(annLine));
    }

    @Test
    public void aFreeLeaseGoesToTheFirstUserWhoTypesAndOthersAreRefused() {
        assertEquals(leaseMessage("", false, ""), annLine.last("control"));
        ann.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), annHands.held());
        assertEquals(leaseMessage("ann", true, ""), annLine.last("control"));
        assertEquals(leaseMessage("ann", false, ""), bobLine.last("control"));
        for (String action : List.of(A_DOWN, "{\"type\":\"pointer\",\"x\":0,\"y\":0,\"buttons\":0}", "{\"type\":\"move\",\"dx\":1,\"dy\":0,\"buttons\":0}", "{\"type\":\"wheel\",\"dx\":0,\"dy\":1}")) {
            bob.message(action);
            assertEquals("not_in_control", code(bobLine));
        }
        assertEquals("nothing but a release", List.of("releaseAll"), bobHands.deeds());
        assertEquals(List.of(), annLine.sent("error"));
        assertEquals(List.of("control.taken ann {target=default}"), bench.audit);
    }

    @Test
    public void releasingKeysIsNeverRefusedAndAcquiresNothing() {
        bob.message(withType("releaseAll"));
        bob.message(A_UP);
        assertEquals(leaseMessage("", false, ""), bobLine.last("control"));
        ann.message(A_DOWN);
        bob.message(withType("releaseAll"));
        bob.message(A_UP);
        assertEquals(List.of(), bobLine.sent("error"));
        assertEquals("not ann's keys", Set.of(Usage.keyboardUsage(4)), annHands.held());
    }

    @Test
    public void theTabsOfAUserShareTheLeaseUntilTheLastCloses() {
        ann.message(A_DOWN);
        End second = bench.handler.open(new Line("default", "ann"));
        second.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), hub.last().held());
        ann.closed();
        bob.message(A_DOWN);
        assertEquals("not_in_control", code(bobLine));
        second.closed();
        assertEquals("a reload may be on its way", leaseMessage("ann", false, "", 0), bobLine.last("control"));
        bench.pass(10_000);
        assertEquals(leaseMessage("", false, "", 0), bobLine.last("control"));
        bob.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), bobHands.held());
    }

    @Test
    public void aGrantedRequestPassesControlAndReleasesTheFormerKeys() {
        ann.message(A_DOWN);
        bob.message(withType("request"));
        assertEquals(leaseMessage("ann", true, "bob"), annLine.last("control"));
        assertEquals(leaseMessage("ann", false, "bob"), bobLine.last("control"));
        bob.message(withType("grant"));
        bob.message(withType("deny"));
        assertEquals("a user cannot answer the own request", leaseMessage("ann", false, "bob"), bobLine.last("control"));
        ann.message(withType("grant"));
        assertTrue(annHands.allUp());
        assertEquals(leaseMessage("bob", true, ""), bobLine.last("control"));
        assertEquals(leaseMessage("bob", false, ""), annLine.last("control"));
        bob.message(A_DOWN);
        ann.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), bobHands.held());
        assertTrue(annHands.allUp());
        assertEquals(List.of("control.taken ann {target=default}", "control.released ann {target=default, why=granted it}", "control.taken bob {target=default}"), bench.audit);
    }

    @Test
    public void aDeniedUserGetsAnErrorAndCanRequestAgain() {
        ann.message(A_DOWN);
        bob.message(withType("request"));
        ann.message(withType("deny"));
        assertTrue(bobLine.last("error"), bobLine.last("error").contains("\"code\":\"denied\",\"message\":\"ann keeps control\""));
        assertEquals(leaseMessage("ann", true, ""), annLine.last("control"));
        assertEquals("typing was not disturbed", Set.of(Usage.keyboardUsage(4)), annHands.held());
        bob.message(withType("request"));
        assertEquals(leaseMessage("ann", true, "bob"), annLine.last("control"));
    }

    @Test
    public void aDeniedUserWaitsAMinuteIfOthersWaited() {
        Line eveLine = new Line("default", "eve");
        End eve = bench.handler.open(eveLine);
        ann.message(A_DOWN);
        bob.message(withType("request"));
        eve.message(withType("request"));
        assertEquals("busy", code(eveLine));
        ann.message(withType("deny"));
        bench.pass(1);
        bob.message(withType("request"));
        assertEquals("{\"type\":\"error\",\"code\":\"too_soon\",\"message\":\"your last request for control of default was not granted; other users get a turn now, "
                + "try again in 60 s\"}", bobLine.last("error"));
        bench.pass(58_999);
        bob.message(withType("request"));
        assertTrue(bobLine.last("error"), bobLine.last("error").contains("try again in 1 s"));
        assertEquals("no request was made", leaseMessage("ann", true, "", 2), annLine.last("control"));
        bench.pass(1_000);
        bob.message(withType("request"));
        assertEquals(leaseMessage("ann", true, "bob", 2), annLine.last("control"));
    }

    @Test
    public void aSilentClientHoldsNoKeyButKeepsControl() {
        ann.message(A_DOWN);
        ann.silent();
        assertTrue(annHands.allUp());
        assertEquals(leaseMessage("ann", true, ""), annLine.last("control"));
    }

    @Test
    public void aRequestWithoutAnAnswerIsDeniedAfterHalfAMinute() {
        ann.message(A_DOWN);
        bob.message(withType("request"));
        bench.pass(Lease.ANSWER_TIMEOUT_SECONDS * 1_000 - 1);
        assertEquals(List.of(), bobLine.sent("error"));
        bench.pass(1);
        assertTrue(bobLine.last("error"), bobLine.last("error").contains("\"code\":\"denied\",\"message\":\"ann did not answer within 30 s"));
        assertEquals(leaseMessage("ann", true, ""), annLine.last("control"));
        ann.message(withType("grant"));
        assertEquals("too late", leaseMessage("ann", true, ""), annLine.last("control"));
    }

    @Test
    public void thereIsOneRequestAtATimeAndOtherUsersDoNotSeeIt() {
        Line eveLine = new Line("default", "eve");
        End eve = bench.handler.open(eveLine);
        ann.message(A_DOWN);
        bob.message(withType("request"));
        assertEquals("", leaseMessage("ann", false, "", 2), eveLine.last("control"));
        eve.message(withType("request"));
        assertEquals("busy", code(eveLine));
        bob.closed();
        eve.message(withType("request"));
        assertEquals(leaseMessage("ann", true, "eve"), annLine.last("control"));
    }

    @Test
    public void aUserWhoseRequestEndedWithoutAGrantLetsOthersGoFirst() {
        Line eveLine = new Line("default", "eve");
        End eve = bench.handler.open(eveLine);
        ann.message(A_DOWN);
        bob.message(withType("request"));
        eve.message(withType("request"));
        bench.pass(Lease.ANSWER_TIMEOUT_SECONDS * 1_000);
        bob.message(withType("request"));
        assertEquals("too_soon", code(bobLine));
        eve.message(withType("request"));
        assertEquals(leaseMessage("ann", true, "eve", 2), annLine.last("control"));
        bob.message(withType("request"));
        assertEquals("busy", code(bobLine));
        eve.closed();
        eveLine.sent.clear();
        End again = bench.handler.open(eveLine);
        again.message(withType("request"));
        assertEquals("reconnecting does not renew a request", "too_soon", code(eveLine));
        bench.pass(Lease.RETRY_DELAY_SECONDS * 1_000);
        bob.message(withType("request"));
        assertEquals(leaseMessage("ann", true, "bob", 2), annLine.last("control"));
    }

    @Test
    public void aDeniedUserGetsAFreeLeaseAtOnceAndAnAdministratorTakesIt() {
        ann.message(A_DOWN);
        bob.message(withType("request"));
        ann.message(withType("deny"));
        bench.access.byUser.put("bob", EnumSet.allOf(Permission.class));
        bob.message(withType("take"));
        assertEquals(leaseMessage("bob", true, ""), bobLine.last("control"));
        bob.message(withType("release"));
        bob.message(withType("request"));
        assertEquals(leaseMessage("bob", true, ""), bobLine.last("control"));
        ann.message(withType("request"));
        assertEquals("a user who denied a request has made none", leaseMessage("bob", true, "ann"), bobLine.last("control"));
    }

    @Test
    public void theLeasePassesToTheRequesterWhenTheHolderLeavesOrReleasesIt() {
        ann.message(A_DOWN);
        bob.message(withType("request"));
        ann.message(withType("release"));
        assertTrue(annHands.allUp());
        assertEquals(leaseMessage("bob", true, ""), bobLine.last("control"));
        ann.message(withType("request"));
        bob.closed();
        assertEquals("a reload may be on its way", leaseMessage("bob", false, "ann", 0), annLine.last("control"));
        bench.pass(10_000);
        assertEquals(leaseMessage("ann", true, "", 0), annLine.last("control"));
        ann.message(withType("release"));
        assertEquals(leaseMessage("", false, "", 0), annLine.last("control"));
        ann.message(withType("request"));
        assertEquals("a request gets a free lease", leaseMessage("ann", true, "", 0), annLine.last("control"));
        assertEquals(List.of("control.taken ann {target=default}", "control.released ann {target=default, why=gave it up}", "control.taken bob {target=default}",
                "control.released bob {target=default, why=left}", "control.taken ann {target=default}", "control.released ann {target=default, why=gave it up}",
                "control.taken ann {target=default}"), bench.audit);
    }

    @Test
    public void onlyAnAdministratorTakesControl() {
        ann.message(A_DOWN);
        bob.message(withType("take"));
        assertEquals("forbidden", code(bobLine));
        bench.access.byUser.put("bob", EnumSet.allOf(Permission.class));
        bob.message(withType("take"));
        assertTrue(annHands.allUp());
        assertEquals(leaseMessage("bob", false, ""), annLine.last("control"));
        assertEquals(List.of("control.released ann {target=default, why=taken by bob}", "control.taken bob {target=default}"), bench.audit.subList(1, 3));
    }

    @Test
    public void aViewerWithoutControlNeitherRequestsNorGetsTheLease() {
        bench.access.byUser.put("bob", EnumSet.of(Permission.VIEW));
        for (String type : List.of("request", "take", "release", "grant", "deny")) {
            bob.message(withType(type));
            assertEquals("forbidden", code(bobLine));
        }
        assertEquals(leaseMessage("", false, ""), bobLine.last("control"));
        assertEquals(List.of(), bench.audit);
    }

    @Test
    public void aUserWhoLosesThePermissionLosesTheLease() {
        ann.message(A_DOWN);
        bench.access.byUser.put("ann", EnumSet.of(Permission.VIEW));
        bench.pass(250);
        assertTrue(annHands.allUp());
        assertEquals(leaseMessage("", false, ""), bobLine.last("control"));
        bob.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), bobHands.held());
    }

    @Test
    public void inSharedModeAllUsersTypeAndNoneHoldsTheLease() {
        ControlBench open = bench(true);
        FakeKeyboardHub sharedHub = open.plug(1, "default");
        Line line = new Line("default", "ann");
        End one = open.handler.open(line);
        FakeHidSession first = sharedHub.last();
        End two = open.handler.open(new Line("default", "bob"));
        one.message(A_DOWN);
        two.message(A_DOWN);
        two.message(withType("request"));
        assertEquals(Set.of(Usage.keyboardUsage(4)), first.held());
        assertEquals(Set.of(Usage.keyboardUsage(4)), sharedHub.last().held());
        assertEquals("{\"type\":\"control\",\"holder\":\"\",\"mine\":true,\"asking\":\"\",\"shared\":true,\"others\":1}", line.last("control"));
        assertEquals(List.of(), line.sent("error"));
        assertEquals(List.of(), open.audit);
    }

    @Test
    public void frequentChangesOfControlAreLimitedPerUserInAllTabs() {
        End second = bench.handler.open(new Line("default", "ann"));
        for (int i = 0; i < 1_000; i++) {
            (i % 2 == 0 ? ann : second).message(withType("request"));
            (i % 2 == 0 ? second : ann).message(withType("release"));
        }
        assertEquals("three had, two given up", TargetBoard.MAX_LEASE_CHANGES_PER_SECOND, bench.audit.size());
        assertEquals("too_many", code(annLine));
        assertTrue(annLine.last("error"), annLine.last("error").contains("more than 5 times a second; this request is not done"));
        bob.message(withType("request"));
        assertEquals(leaseMessage("ann", false, "bob", 1), bobLine.last("control"));
        ann.message(withType("grant"));
        assertEquals("an answer is not counted", leaseMessage("bob", true, "", 1), bobLine.last("control"));
        bench.pass(200);
        ann.message(withType("request"));
        assertEquals(leaseMessage("bob", true, "ann", 1), bobLine.last("control"));
    }

    @Test
    public void takingControlIsLimitedToo() {
        bench.access.granted = EnumSet.allOf(Permission.class);
        for (int i = 0; i < 1_000; i++) {
            ann.message(withType("take"));
            bob.message(withType("take"));
        }
        assertEquals("each five times; nothing is released the first time", 4 * TargetBoard.MAX_LEASE_CHANGES_PER_SECOND - 1, bench.audit.size());
        assertEquals("too_many", code(annLine));
    }

    @Test
    public void eachTargetHasItsOwnLease() {
        ann.message(A_DOWN);
        FakeKeyboardHub other = bench.plug(2, "bay2");
        Line line = new Line("bay2", "bob");
        End there = bench.handler.open(line);
        there.message(A_DOWN);
        assertEquals(Set.of(Usage.keyboardUsage(4)), other.last().held());
        assertEquals(leaseMessage("bob", true, "", 0), line.last("control"));
    }

    @Test
    public void onlyTheHolderEverHoldsAKey() {
        Random random = new Random(SEED);
        bench.access.byUser.put("ann", EnumSet.allOf(Permission.class));
        List<String> messages = List.of(A_DOWN, A_DOWN, A_UP, withType("request"), withType("grant"), withType("deny"), withType("take"), withType("release"), withType("releaseAll"));
        for (int i = 0; i < 20_000; i++) {
            bench.now += TimeUnit.MILLISECONDS.toNanos(random.nextInt(400));
            (random.nextBoolean() ? ann : bob).message(messages.get(random.nextInt(messages.size())));
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
        assertEquals(leaseMessage("ann", true, ""), again.last("control"));
        bench.pass(60_000);
        assertEquals("the lease is kept", leaseMessage("ann", true, ""), again.last("control"));
        reloaded.message(A_DOWN);
        assertEquals(List.of(), again.sent("error"));
        assertEquals("the holder did not change", List.of("control.taken ann {target=default}"), bench.audit);
    }

    @Test
    public void aLogoutHasNoGracePeriod() {
        ann.message(A_DOWN);
        annLine.ended.set(true);
        ann.closed();
        assertEquals(leaseMessage("", false, "", 0), bobLine.last("control"));
        assertEquals("control.released ann {target=default, why=left}", bench.audit.get(1));
    }

    @Test
    public void theGracePeriodEndsEvenWithoutAViewer() {
        ann.message(A_DOWN);
        bob.closed();
        ann.closed();
        bench.now += TimeUnit.SECONDS.toNanos(11);
        Line eve = new Line("default", "eve");
        bench.handler.open(eve);
        assertEquals(leaseMessage("", false, "", 0), eve.last("control"));
        assertEquals("control.released ann {target=default, why=left}", bench.audit.get(1));
    }

    @Test
    public void anIdleHolderLosesTheLeaseAfterAQuarterOfAnHourAndKeysAreReleased() {
        ann.message(A_DOWN);
        bench.pass(14 * 60_000);
        ann.message("{\"type\":\"move\",\"dx\":1,\"dy\":0,\"buttons\":0}");
        ann.message(withType("releaseAll"));
        ann.message(A_DOWN);
        bench.pass(15 * 60_000 - 1);
        assertEquals(leaseMessage("ann", true, ""), annLine.last("control"));
        bench.pass(1);
        assertEquals(leaseMessage("", false, ""), annLine.last("control"));
        assertTrue(annHands.allUp());
        assertEquals("control.released ann {target=default, why=idle}", bench.audit.get(1));
        ann.message(A_DOWN);
        assertEquals("the only user gets it back silently", leaseMessage("ann", true, ""), annLine.last("control"));
    }

    @Test
    public void neitherPingsNorOtherUsersKeepAnIdleLease() {
        ann.message(A_DOWN);
        bench.pass(10 * 60_000);
        ann.message("{\"type\":\"ping\",\"id\":1}");
        bob.message(A_DOWN);
        bob.message(withType("request"));
        bench.pass(5 * 60_000);
        assertEquals("the request was denied before", leaseMessage("", false, ""), bobLine.last("control"));
    }

    @Test
    public void anIdleLeaseGoesToTheCurrentRequester() {
        ann.message(A_DOWN);
        bench.pass(15 * 60_000 - 10_000);
        bob.message(withType("request"));
        bench.pass(10_000);
        assertEquals(leaseMessage("bob", true, ""), bobLine.last("control"));
    }

    @Test
    public void theAuditLogHasTheAddressOfADisconnectedUser() {
        ann.message(A_DOWN);
        ann.closed();
        bench.pass(10_000);
        bob.message(A_DOWN);
        // The bench records an address only if it is not the user's own.
        assertTrue(bench.audit.toString(), bench.audit.size() == 3 && bench.audit.stream().noneMatch(line -> line.contains(" from ")));
    }
}
