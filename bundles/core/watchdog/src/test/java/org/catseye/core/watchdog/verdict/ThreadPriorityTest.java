package org.catseye.core.watchdog.verdict;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.junit.Assume.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.catseye.concurrent.NamedThreads;
import org.junit.Test;

public class ThreadPriorityTest {

    private static final String NAME = "lowered-thread";

    @Test
    public void numbersOfTheKernelAreReadFromADump() {
        String dump = "\"main\" #1 prio=5 os_prio=0 cpu=71.2ms elapsed=3.1s tid=0x00007f1 nid=0x1a2b waiting on condition  [0x0]\n   java.lang.Thread.State: RUNNABLE\n"
            + "\"with \" quote\" #23 daemon prio=5 os_prio=0 tid=0x00007f2 nid=0x1a2c runnable  [0x0]\n"
            + "\"of Java 21\" #24 [6701] daemon prio=5 os_prio=0 tid=0x00007f3 nid=6701 runnable  [0x0]\n\"VM Thread\" os_prio=0 tid=0x00007f4 nid=0x1a2e runnable\n";
        assertEquals(List.of("6700", "6701"), ThreadPriority.findNumbers(dump, Set.of(23L, 24L, 99L)));
    }

    /** proc(5): the nice value is field 19 of stat, after the name in brackets, which may contain blanks. */
    private static List<String> readNiceValues() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.map(task -> task.resolve("stat")).map(ThreadPriorityTest::read).filter(stat -> stat.contains("(" + NAME + ")"))
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16]).toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    public void aThreadOfThisProcessGetsTheLowestPriority() throws Exception {
        assumeTrue("renice is installed", Stream.of("/usr/bin/renice", "/bin/renice").anyMatch(program -> Files.isExecutable(Path.of(program))));
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = NamedThreads.newDaemonThread(() -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, NAME);
        thread.start();
        try {
            begun.await();
            assertEquals(1, ThreadPriority.lower(Set.of(thread.getId())));
            assertEquals(List.of("19"), readNiceValues());
            assertEquals("one that has ended", 0, ThreadPriority.lower(Set.of(Long.MAX_VALUE)));
            assertTrue(thread.isAlive());
        } finally {
            end.countDown();
        }
    }
}
