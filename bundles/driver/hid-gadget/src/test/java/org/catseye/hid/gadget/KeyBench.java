package org.catseye.hid.gadget;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.fake.FakeBoard;
import org.catseye.hid.gadget.fake.FakeNode;
import org.catseye.hid.spi.KeyboardReport;
import org.catseye.testkit.FakeHidFeedback;

/** Measures the time from the hub's call to the kernel for one key, against a pseudo terminal: the cost of the driver itself. */
public final class KeyBench {

    private static final int REPORTS = 20_000;

    public static void main(String[] none) throws Exception {
        Path folder = Files.createTempDirectory("catseye-bench");
        try (FakeBoard board = new FakeBoard(folder)) {
            board.createNodes(Profile.FULL);
            HidGadget gadget = new HidGadget(Map.of(), board.paths);
            FakeHidFeedback feedback = new FakeHidFeedback();
            gadget.attach(feedback);
            if (!feedback.await(10_000, FakeHidFeedback::isReady)) {
                throw new IOException("not ready: " + feedback.events());
            }
            FakeNode node = board.openNode(Role.KEYBOARD, 8);
            measureReports(gadget, node);
            System.out.println(measureReports(gadget, node));
            gadget.detach();
        }
    }

    private static String measureReports(HidGadget gadget, FakeNode node) throws IOException {
        KeyboardReport[] both = {new KeyboardReport(0, List.of(4)), KeyboardReport.UP};
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
        long[] nanos = new long[REPORTS];
        long bytes = 0;
        for (int i = 0; i < REPORTS; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            gadget.sendKeyboard(both[i % 2]);
            nanos[i] = System.nanoTime() - start;
            bytes += threads.getCurrentThreadAllocatedBytes() - before;
            if (i % 256 == 255) {
                node.takeReports(0);
            }
        }
        Arrays.sort(nanos);
        return String.format("%d reports, us: p50 %.1f p99 %.1f max %.1f; %.1f bytes of garbage a report", REPORTS,
                nanos[REPORTS / 2] / 1e3, nanos[REPORTS * 99 / 100] / 1e3, nanos[REPORTS - 1] / 1e3, (double) bytes / REPORTS);
    }

    private KeyBench() {
    }
}
