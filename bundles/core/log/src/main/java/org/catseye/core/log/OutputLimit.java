package org.catseye.core.log;

import java.io.PrintStream;
import java.lang.StackWalker.Option;
import java.util.Optional;
import org.catseye.concurrent.NamedThreads;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the limit into effect for {@code System.out} and {@code System.err}, until it is removed. The log is not limited: it has the former stream. */
final class OutputLimit {

    private static final Logger LOG = LoggerFactory.getLogger(OutputLimit.class);

    private final PrintStream formerOut = System.out;
    private final PrintStream formerErr = System.err;
    private final PrintStream out = limit(formerOut, "output");
    private final PrintStream err = limit(formerErr, "error output");

    void install() {
        System.setOut(out);
        System.setErr(err);
    }

    /** A stream that was replaced meanwhile stays. */
    void remove() {
        if (System.out == out) {
            System.setOut(formerOut);
        }
        if (System.err == err) {
            System.setErr(formerErr);
        }
    }

    private static PrintStream limit(PrintStream stream, String name) {
        return new PrintStream(new LimitedOutput(stream, System::nanoTime, bytes -> report(name, bytes)), true);
    }

    /** On a thread of its own: this one may hold a lock of the stream. */
    private static void report(String stream, long bytes) {
        String thread = Thread.currentThread().getName();
        String bundle = findBundle().map(Bundle::getSymbolicName).orElse("a bundle");
        NamedThreads.newDaemonThread(() -> LOG.warn("{} prints too much to the standard {} (thread {}): {} bytes were left out, and more will be, silently. Update or"
            + " remove it.", bundle, stream, thread, bytes), "output-report").start();
    }

    /** The bundle whose code prints. */
    private static Optional<Bundle> findBundle() {
        Bundle own = FrameworkUtil.getBundle(OutputLimit.class);
        return StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE).walk(frames -> frames.map(frame -> FrameworkUtil.getBundle(frame.getDeclaringClass()))
            .filter(bundle -> bundle != null && bundle != own && bundle.getBundleId() != 0).findFirst());
    }
}
