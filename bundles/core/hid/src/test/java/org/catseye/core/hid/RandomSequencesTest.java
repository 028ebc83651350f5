package org.catseye.core.hid;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.catseye.core.hid.device.HubThread;
import org.catseye.core.hid.session.HubSession;
import org.catseye.hid.Usage;
import org.catseye.testkit.FakeHidTransport;
import org.junit.Test;

/**
 * Whatever happens in whatever order: when the last session is gone no listening target sees a key down, and while sessions
 * last the target sees just what they hold. Set {@code -Dcatseye.test.seed} to repeat a failure.
 */
public class RandomSequencesTest {

    private static final int OPERATIONS = 10_000;
    private static final long SEED = Long.getLong("catseye.test.seed", System.nanoTime());

    private final Random random = new Random(SEED);
    private final List<HubSession> sessions = new ArrayList<>();

    @Test
    public void tenThousandOperationsWithDisconnectsAndFailuresLeaveNoKeyDown() {
        HubBench bench = new HubBench();
        List<FakeHidTransport> devices = List.of(bench.plug(2), bench.plug(1), bench.plug(0));
        for (int i = 0; i < OPERATIONS; i++) {
            if (random.nextInt(20) == 0) {
                disturb(bench, devices.get(random.nextInt(devices.size())));
            } else {
                operate(bench.hub);
            }
        }
        sessions.forEach(bench.hub::closeSession);
        devices.forEach(device -> device.fail(""));
        devices.stream().filter(FakeHidTransport::attached).forEach(device -> device.feedback().reportReady("calm again"));
        bench.thread.pass(10_000);
        devices.forEach(device -> assertTrue("up, seed " + SEED, device.allUp()));
        devices.forEach(device -> assertEquals("seed " + SEED, List.of(), device.breaches()));
    }

    @Test
    public void theTargetAlwaysSeesTheUnionOfWhatIsHeld() {
        HubBench bench = new HubBench();
        FakeHidTransport device = bench.plug(0);
        for (int i = 0; i < OPERATIONS; i++) {
            operate(bench.hub);
            List<Integer> held = sessions.stream().flatMap(session -> session.input().heldKeys().stream())
                .filter(usage -> usage.page() == Usage.KEYBOARD_PAGE && !usage.isModifier()).map(Usage::id).distinct().sorted().toList();
            int buttons = sessions.stream().mapToInt(session -> session.input().heldButtons()).reduce(0, (a, b) -> a | b);
            assertEquals("seed " + SEED, held, device.seenKeyboard().keys().stream().sorted().toList());
            assertEquals("seed " + SEED, buttons, device.seenPointer().buttons() | device.seenRelativeButtons());
        }
    }

    @Test
    public void severalThreadsAtOnceLeaveNoKeyDown() throws InterruptedException {
        HidHub hub = new HidHub("busy", HubThread.forTarget("busy"));
        FakeHidTransport first = new FakeHidTransport();
        FakeHidTransport second = new FakeHidTransport();
        hub.addDevice(first, "first", 1, 1);
        hub.addDevice(second, "second", 2, 0);
        List<Thread> viewers = IntStream.range(0, 4).mapToObj(n -> new Thread(() -> view(hub, new Random(SEED + n)), "viewer-" + n)).toList();
        viewers.forEach(Thread::start);
        for (int i = 0; viewers.stream().anyMatch(Thread::isAlive); i++) {
            first.fail(i % 3 == 0 ? "flaky" : "");
            if (i % 3 == 1) {
                first.feedback().reportOffline("asleep");
            } else {
                first.feedback().reportReady("awake");
            }
            TimeUnit.MILLISECONDS.timedJoin(viewers.get(i % viewers.size()), 1);
        }
        first.fail("");
        first.feedback().reportReady("awake");
        assertTrue("seed " + SEED, first.await(5_000, FakeHidTransport::allUp));
        assertTrue("seed " + SEED, second.await(5_000, FakeHidTransport::allUp));
        hub.closeHub();
        assertTrue("seed " + SEED, first.allUp() && second.allUp());
        assertEquals("seed " + SEED, List.of(), first.breaches());
        assertEquals("seed " + SEED, List.of(), second.breaches());
        assertTrue("no thread is left", Thread.getAllStackTraces().keySet().stream().noneMatch(thread -> thread.getName().equals("hid-busy")));
    }

    private static void view(HidHub hub, Random random) {
        for (int i = 0; i < OPERATIONS / 20; i++) {
            HubSession session = hub.openSession();
            for (int j = 0; j < 20; j++) {
                input(session, random);
            }
            hub.closeSession(session);
        }
    }

    private void operate(HidHub hub) {
        int what = random.nextInt(100);
        if (sessions.isEmpty() || what == 0 && sessions.size() < 5) {
            sessions.add(hub.openSession());
        } else if (what == 1) {
            hub.closeSession(sessions.remove(random.nextInt(sessions.size())));
        } else {
            input(sessions.get(random.nextInt(sessions.size())), random);
        }
    }

    private static void input(HubSession session, Random random) {
        switch (random.nextInt(10)) {
            case 0 -> session.movePointerTo(random.nextDouble(), random.nextDouble(), random.nextInt(32));
            case 1 -> session.movePointerBy(random.nextInt(600) - 300, random.nextInt(600) - 300, random.nextInt(32));
            case 2 -> session.turnWheel(random.nextInt(9) - 4, random.nextInt(9) - 4);
            case 3 -> session.setKey(new Usage(Usage.CONSUMER_PAGE, 0xe0 + random.nextInt(4)), random.nextBoolean());
            case 4 -> session.setKey(new Usage(Usage.DESKTOP_PAGE, 0x81 + random.nextInt(3)), random.nextBoolean());
            case 5 -> session.setKey(Usage.keyboardUsage(0xe0 + random.nextInt(8)), random.nextBoolean());
            case 6 -> maybeRelease(session, random);
            default -> session.setKey(Usage.keyboardUsage(4 + random.nextInt(40)), random.nextBoolean());
        }
    }

    private static void maybeRelease(HubSession session, Random random) {
        if (random.nextInt(10) == 0) {
            session.releaseAll();
        }
    }

    private void disturb(HubBench bench, FakeHidTransport device) {
        switch (random.nextInt(6)) {
            case 0 -> device.fail("random failure");
            case 1 -> device.fail("");
            case 2 -> device.feedback().reportOffline("random sleep");
            case 3 -> device.feedback().reportReady("random wake");
            case 4 -> bench.thread.pass(random.nextInt(1_000));
            default -> bench.thread.work();
        }
    }
}
