package org.catseye.capture.v4l2;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.catseye.testkit.FakeCaptureContext;
import org.catseye.video.spi.Signal;

/**
 * Run by rig/guest inside the guest, as root: the driver on nodes of the real kernel. Prints a line per check and ends with 1
 * if one failed.
 */
public final class GuestMain {

    /** Everything is slow there. */
    private static final long PATIENCE = 60_000;
    private static final Path CONTROL = Path.of("/tmp/uvc.ctl");

    private static int failed;

    public static void main(String[] args) throws Exception {
        Path rig = Path.of(args[0]);
        for (String part : List.of(args).subList(1, args.length)) {
            switch (part) {
                case "uvc" -> uvc(rig);
                case "vivid" -> GuestVivid.run();
                case "hidraw" -> GuestHidraw.run();
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

    private static void uvc(Path rig) throws Exception {
        shell("modprobe", "-a", "vhci-hcd", "uvcvideo");
        Process stick = new ProcessBuilder(rig.resolve("usbip-uvc/uvcip").toString(), "-c", CONTROL.toString(),
            rig.resolve("frames").toString()).redirectErrorStream(true).redirectOutput(new File("/tmp/uvcip.log")).start();
        try {
            await("the kernel found the stick", () -> Files.exists(Path.of("/dev/video1")));
            identity();
            faults();
            unplugging();
            busy();
        } finally {
            stick.destroy();
            stick.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static void identity() {
        List<Stick> sticks = new Discovery().sticks();
        check("one stick, not its metadata node", sticks.size() == 1 && sticks.get(0).node().equals("/dev/video0"), sticks);
        check("known by its ids and USB port", sticks.get(0).chip() == Chip.MS2109 && sticks.get(0).port().matches("\\d+-[0-9.]+"), sticks);
    }

    private static void faults() throws Exception {
        try (Capture capture = new Capture("width", 1280, "height", 720)) {
            check("frames of 720p", capture.frames(20), capture);
            FakeCaptureContext.Published frame = capture.context.frames().get(19);
            check("in the size asked for", frame.format().width() == 1280, frame.format());
            check("stamped by this clock, a moment ago", Math.abs(System.nanoTime() - frame.capturedNanos()) < 5_000_000_000L, frame.capturedNanos());
            capture.driver.configure(() -> Given.settings("width", 1280, "height", 720, "brightness", "20"));
            check("a control set while it streams", capture.frames(5), capture);
            for (String fault : List.of("trunc 2", "err 2", "bytes-lost 2", "empty 2")) {
                long lost = capture.context.reportLostFrames();
                long opened = capture.opened();
                command(fault);
                check(fault + ": two frames lost, no more opened", capture.context.await(PATIENCE, c -> c.reportLostFrames() >= lost + 2)
                    && capture.frames(5) && capture.opened() == opened, capture);
            }
            command("stall");
            check("a silent stick is said to be", capture.signalled(Signal.CONNECTING, "delivers no pictures"), capture);
            command("go");
            check("and is back", capture.frames(3), capture);
            capture.driver.configure(() -> Given.settings("width", 640, "height", 480));
            check("another size while it streams", capture.context.await(PATIENCE,
                c -> c.frames().get(c.frames().size() - 1).format().width() == 640), capture);
        }
    }

    private static void unplugging() throws Exception {
        long open = count("/proc/self/fd");
        try (Capture capture = new Capture("width", 1280, "height", 720)) {
            check("frames before", capture.frames(3), capture);
            for (int i = 0; i < 3; i++) {
                int told = capture.context.signals().size();
                command("unplug");
                check("unplugged, in words", capture.context.await(PATIENCE, c -> c.signals().stream().skip(told)
                    .anyMatch(s -> s.reason().startsWith("no HDMI stick found"))), capture);
                await("the nodes are gone", () -> !Files.exists(Path.of("/dev/video1")));
                check("nothing is mapped", Files.readString(Path.of("/proc/self/maps")).lines().noneMatch(l -> l.contains("/dev/video")), "");
                int frames = capture.context.frames().size();
                command("plug");
                await("the kernel found it again", () -> Files.exists(Path.of("/dev/video0")));
                long there = System.nanoTime();
                check("pictures again, of the same node", capture.context.await(PATIENCE, c -> c.frames().size() > frames)
                    && capture.last().contains("/dev/video0"), capture);
                System.out.println("     node to first frame: " + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - there) + " ms");
            }
        }
        check("no file stays open", count("/proc/self/fd") <= open, count("/proc/self/fd") + " instead of " + open);
    }

    private static void busy() throws Exception {
        try (Capture first = new Capture("width", 640, "height", 480)) {
            check("frames for the first", first.frames(2), first);
            try (Capture second = new Capture("width", 640, "height", 480)) {
                check("the second is told who is busy", second.ended("/dev/video0") && second.ended("is used by another program"), second);
            }
        }
    }

    static void command(String line) throws IOException {
        Files.writeString(CONTROL, line + "\n", StandardOpenOption.WRITE);
    }

    static void await(String what, Rig.Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
        while (!condition.holds() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        check(what, condition.holds(), "waited in vain");
    }

    private static long count(String folder) {
        String[] entries = new File(folder).list();
        return entries == null ? -1 : entries.length;
    }

    /** A driver of its own, capturing. */
    static final class Capture implements AutoCloseable {
        final FakeCaptureContext context = new FakeCaptureContext();
        final Driver driver;
        private final Thread thread;
        private volatile Throwable end;

        Capture(Object... properties) {
            driver = new Driver(new Sticks(), () -> Given.settings(properties));
            thread = new Thread(() -> {
                try {
                    driver.capture(context);
                } catch (IOException | InterruptedException e) {
                    end = e;
                }
            }, "capture-guest");
            thread.start();
        }

        /** Whether so many more frames come. */
        boolean frames(int more) throws InterruptedException {
            int before = context.frames().size();
            return context.await(PATIENCE, c -> c.frames().size() >= before + more);
        }

        boolean signalled(Signal signal, String reason) throws InterruptedException {
            return context.await(PATIENCE, c -> c.signals().stream().anyMatch(s -> s.signal() == signal && s.reason().contains(reason)));
        }

        boolean ended(String words) throws InterruptedException {
            thread.join(PATIENCE);
            return end != null && end.getMessage().contains(words);
        }

        long opened() {
            return context.signals().stream().filter(s -> s.reason().startsWith("opening")).count();
        }

        String last() {
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
            check("capture() returned, with every slot given back", !thread.isAlive() && context.lent() == 0
                && context.breaches().isEmpty(), context.breaches());
        }
    }

    private GuestMain() {
    }
}
