package org.catseye.capture.v4l2;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.catseye.capture.v4l2.settings.Given;
import org.catseye.capture.v4l2.stick.Chip;
import org.catseye.capture.v4l2.stick.Stick;
import org.catseye.capture.v4l2.stick.StickAllocator;
import org.catseye.capture.v4l2.stick.StickDiscovery;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.spi.Signal;

/**
 * Runs the driver on nodes of the real kernel. Started by rig/guest inside the guest, as root. Prints one line per check and exits
 * with 1 if a check failed.
 */
public final class GuestMain {

    /** The emulated guest is slow. */
    private static final long PATIENCE = 60_000;
    private static final Path CONTROL = Path.of("/tmp/uvc.ctl");

    private static int failed;

    public static void main(String[] args) throws Exception {
        Path rig = Path.of(args[0]);
        for (String part : List.of(args).subList(1, args.length)) {
            switch (part) {
                case "uvc" -> checkUvc(rig);
                case "vivid" -> GuestVivid.runChecks();
                case "hidraw" -> GuestHidraw.runChecks();
                default -> throw new IllegalArgumentException(part);
            }
        }
        System.out.println(failed == 0 ? "all checks passed" : failed + " checks failed");
        System.exit(failed == 0 ? 0 : 1);
    }

    static void check(String what, boolean right, Object seen) {
        failed += right ? 0 : 1;
        System.out.println((right ? "ok   " : "FAIL ") + what + (right ? "" : ": " + seen));
    }

    static void shell(String... command) throws IOException, InterruptedException {
        int code = new ProcessBuilder(command).inheritIO().start().waitFor();
        if (code != 0) {
            System.out.println(String.join(" ", command) + " ended with " + code);
        }
    }

    private static void checkUvc(Path rig) throws Exception {
        shell("modprobe", "-a", "vhci-hcd", "uvcvideo");
        Process stick = new ProcessBuilder(rig.resolve("usbip-uvc/uvcip").toString(), "-c", CONTROL.toString(),
            rig.resolve("frames").toString()).redirectErrorStream(true).redirectOutput(new File("/tmp/uvcip.log")).start();
        try {
            await("the kernel found the stick", () -> Files.exists(Path.of("/dev/video1")));
            checkIdentity();
            checkFaults();
            checkUnplugging();
            checkBusyStick();
        } finally {
            stick.destroy();
            stick.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static void checkIdentity() {
        List<Stick> sticks = new StickDiscovery().findSticks();
        check("one stick, not its metadata node", sticks.size() == 1 && sticks.get(0).node().equals("/dev/video0"), sticks);
        check("identified by its ids and USB port", sticks.get(0).chip() == Chip.MS2109 && sticks.get(0).port().matches("\\d+-[0-9.]+"), sticks);
    }

    private static void checkFaults() throws Exception {
        try (Capture capture = new Capture("width", 1280, "height", 720)) {
            check("frames of 720p", capture.awaitFrames(20), capture);
            FakeCaptureContext.Published frame = capture.context.frames().get(19);
            check("in the requested size", frame.format().width() == 1280, frame.format());
            check("with a recent timestamp of this clock", Math.abs(System.nanoTime() - frame.capturedNanos()) < 5_000_000_000L, frame.capturedNanos());
            GuestAdjusting.checkStick(capture);
            for (String fault : List.of("trunc 2", "err 2", "bytes-lost 2", "empty 2")) {
                long lost = capture.context.reportLostFrames();
                long opened = capture.countOpenings();
                command(fault);
                check(fault + ": two frames lost, the stick not reopened", capture.context.await(PATIENCE, c -> c.reportLostFrames() >= lost + 2)
                    && capture.awaitFrames(5) && capture.countOpenings() == opened, capture);
            }
            command("stall");
            check("a stalled stick is reported", capture.awaitSignal(Signal.CONNECTING, "delivers no pictures"), capture);
            command("go");
            check("and recovers", capture.awaitFrames(3), capture);
            capture.driver.applySettings(() -> Given.settings("width", 640, "height", 480));
            check("another size while it streams", capture.context.await(PATIENCE,
                c -> c.frames().get(c.frames().size() - 1).format().width() == 640), capture);
        }
    }

    private static void checkUnplugging() throws Exception {
        long open = countEntries("/proc/self/fd");
        try (Capture capture = new Capture("width", 1280, "height", 720)) {
            check("frames before", capture.awaitFrames(3), capture);
            for (int i = 0; i < 3; i++) {
                int before = capture.context.signals().size();
                command("unplug");
                check("unplugging is reported", capture.context.await(PATIENCE, c -> c.signals().stream().skip(before)
                    .anyMatch(s -> s.reason().startsWith("no HDMI stick found"))), capture);
                await("the nodes are removed", () -> !Files.exists(Path.of("/dev/video1")));
                check("nothing is mapped", Files.readString(Path.of("/proc/self/maps")).lines().noneMatch(l -> l.contains("/dev/video")), "");
                int frames = capture.context.frames().size();
                command("plug");
                await("the kernel found it again", () -> Files.exists(Path.of("/dev/video0")));
                long there = System.nanoTime();
                check("the pictures return, from the same node", capture.context.await(PATIENCE, c -> c.frames().size() > frames)
                    && capture.lastReason().contains("/dev/video0"), capture);
                System.out.println("     node to first frame: " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - there) + " ms");
            }
        }
        check("no file is left open", countEntries("/proc/self/fd") <= open, countEntries("/proc/self/fd") + " instead of " + open);
    }

    private static void checkBusyStick() throws Exception {
        try (Capture first = new Capture("width", 640, "height", 480)) {
            check("frames for the first", first.awaitFrames(2), first);
            try (Capture second = new Capture("width", 640, "height", 480)) {
                check("the second one reports a busy stick", second.endedWith("/dev/video0") && second.endedWith("is used by another program"), second);
            }
        }
    }

    static void command(String line) throws IOException {
        Files.writeString(CONTROL, line + "\n", StandardOpenOption.WRITE);
    }

    static void await(String what, Rig.Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (!condition.isMet() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        check(what, condition.isMet(), "timed out");
    }

    private static long countEntries(String folder) {
        String[] entries = new File(folder).list();
        return entries == null ? -1 : entries.length;
    }

    /** A capturing driver. */
    static final class Capture implements AutoCloseable {
        final FakeCaptureContext context = new FakeCaptureContext();
        final StickDriver driver;
        private final Thread thread;
        private volatile Throwable end;

        Capture(Object... properties) {
            driver = new StickDriver(new StickAllocator(), Optional.empty(), () -> Given.settings(properties));
            thread = new Thread(() -> {
                try {
                    driver.capture(context);
                } catch (IOException | InterruptedException e) {
                    end = e;
                }
            }, "capture-guest");
            thread.start();
        }

        /** Waits for this many more frames. */
        boolean awaitFrames(int more) throws InterruptedException {
            int before = context.frames().size();
            return context.await(PATIENCE, c -> c.frames().size() >= before + more);
        }

        boolean awaitSignal(Signal signal, String reason) throws InterruptedException {
            return context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.signal() == signal && s.reason().contains(reason)));
        }

        boolean endedWith(String text) throws InterruptedException {
            thread.join(PATIENCE);
            return end != null && end.getMessage().contains(text);
        }

        long countOpenings() {
            return context.signals().stream().filter(s -> s.reason().startsWith("opening")).count();
        }

        String lastReason() {
            return context.signals().get(context.signals().size() - 1).reason();
        }

        @Override
        public String toString() {
            return context.frames().size() + " frames, lost " + context.reportLostFrames() + ", " + context.signals() + ", end " + end;
        }

        @Override
        public void close() {
            context.stop();
            try {
                thread.join(PATIENCE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            check("capture() returned and released every slot", !thread.isAlive() && context.lent() == 0
                && context.breaches().isEmpty(), context.breaches());
        }
    }

    private GuestMain() {
    }
}
