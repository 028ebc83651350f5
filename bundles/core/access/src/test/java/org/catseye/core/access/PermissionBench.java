package org.catseye.core.access;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.catseye.access.Grants;
import org.catseye.access.Permission;
import org.catseye.access.Session;

/** Time and memory of the permission check that each key press makes. Prints nanoseconds and bytes for each check: the median of seven rounds. */
final class PermissionBench {

    private static final int CHECKS = 5_000_000;
    private static final int ROUNDS = 7;

    private PermissionBench() {
    }

    public static void main(String[] arguments) throws Exception {
        Path home = Files.createTempDirectory("permission-bench");
        try (AccessBench bench = new AccessBench(home.resolve("access"))) {
            bench.users.putRole(bench.asAdmin(), "operator", Map.of("*", Set.of(Permission.VIEW, Permission.CONTROL)));
            Session session = bench.add("ann", new Grants(Set.of("operator"), Map.of("bay2", Set.of(Permission.POWER)))).session();
            session.onEnd(() -> { });
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            double[] nanos = new double[ROUNDS];
            double bytes = 0;
            for (int round = 0; round < ROUNDS; round++) {
                long allocated = threads.getCurrentThreadAllocatedBytes();
                long start = System.nanoTime();
                if (!hasPermission(bench, session)) {
                    throw new IllegalStateException("the permission is missing");
                }
                nanos[round] = (double) (System.nanoTime() - start) / CHECKS;
                bytes = (double) (threads.getCurrentThreadAllocatedBytes() - allocated) / CHECKS;
            }
            Arrays.sort(nanos);
            System.out.printf("%.1f ns and %.1f bytes for each check%n", nanos[ROUNDS / 2], bytes);
        }
    }

    private static boolean hasPermission(AccessBench bench, Session session) {
        boolean all = true;
        for (int check = 0; check < CHECKS; check++) {
            all &= bench.access.hasPermission(session, Permission.CONTROL, "bay1");
        }
        return all;
    }
}
