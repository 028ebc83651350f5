package org.catseye.core.watchdog.verdict;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;
import org.catseye.process.ProgramRun;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lowers the priority of threads in Linux. Java's own priorities have no effect there (HotSpot, ThreadPriorityPolicy=0). The numbers that the kernel
 * has for threads are only in the thread dump of the virtual machine, and {@code renice} is a part of each Debian. A thread of this process may
 * always get a lower priority.
 */
final class ThreadPriority {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadPriority.class);
    private static final String LOWEST = "19";
    private static final int MAX_THREADS = 50;
    /** The line of a thread in a dump: its id, and the number in the kernel, hexadecimal until Java 21. */
    private static final Pattern THREAD = Pattern.compile("^\".*\" #(\\d+) .*nid=(0x[0-9a-f]+|\\d+) ", Pattern.MULTILINE);

    private ThreadPriority() {
    }

    /** Returns how many threads got the lowest priority. */
    static int lower(Collection<Long> threads) throws InterruptedException {
        try {
            List<String> numbers = findNumbers(dumpThreads(), threads);
            if (!numbers.isEmpty()) {
                List<String> command = new ArrayList<>(List.of("renice", "-n", LOWEST, "-p"));
                command.addAll(numbers);
                new ProgramRun(command).within(Duration.ofSeconds(5)).run();
            }
            return numbers.size();
        } catch (JMException | IOException e) {
            LOG.info("The priority of the threads cannot be lowered: {}", e.getMessage());
            return 0;
        }
    }

    private static String dumpThreads() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer().invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "threadPrint",
            new Object[] {new String[0]}, new String[] {String[].class.getName()});
    }

    static List<String> findNumbers(String dump, Collection<Long> threads) {
        List<String> numbers = new ArrayList<>();
        Matcher lines = THREAD.matcher(dump);
        while (lines.find() && numbers.size() < MAX_THREADS) {
            if (threads.contains(Long.parseLong(lines.group(1)))) {
                numbers.add(Long.toString(Long.decode(lines.group(2))));
            }
        }
        return numbers;
    }
}
