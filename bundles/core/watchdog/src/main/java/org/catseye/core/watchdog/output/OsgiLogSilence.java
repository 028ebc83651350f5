package org.catseye.core.watchdog.output;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.osgi.service.log.LogLevel;
import org.osgi.service.log.Logger;
import org.osgi.service.log.admin.LoggerAdmin;
import org.osgi.service.log.admin.LoggerContext;

/**
 * Silences a plug-in in the log of OSGi for a while. That log keeps lines in a queue without a limit until another thread has forwarded them, so a
 * flood would fill the memory, although most lines are dropped in the end. Thread-safe.
 */
public final class OsgiLogSilence {

    /** Less than a minute: a plug-in that goes on is over its limit without interruption. */
    static final long SILENT_NANOS = TimeUnit.SECONDS.toNanos(50);
    private static final Map<String, LogLevel> NOTHING = Map.of(Logger.ROOT_LOGGER_NAME, LogLevel.AUDIT);

    private final Supplier<Optional<LoggerAdmin>> admin;
    private final LongSupplier nanoTime;
    private final Map<String, Silent> silent = new ConcurrentHashMap<>();

    private record Silent(long sinceNanos, LoggerContext context, Map<String, LogLevel> levels) {
    }

    public OsgiLogSilence(Supplier<Optional<LoggerAdmin>> admin, LongSupplier nanoTime) {
        this.admin = admin;
        this.nanoTime = nanoTime;
    }

    /** Without effect if it is silent already. @param bundle symbolic name */
    public void silence(String bundle) {
        admin.get().ifPresent(service -> silent.computeIfAbsent(bundle, name -> {
            LoggerContext context = service.getLoggerContext(name);
            Silent made = new Silent(nanoTime.getAsLong(), context, context.getLogLevels());
            context.setLogLevels(NOTHING);
            return made;
        }));
    }

    /** Restores the levels of those that have been silent long enough. */
    public void restoreOverdue() {
        restoreOlderThan(SILENT_NANOS);
    }

    public void restoreAll() {
        restoreOlderThan(Long.MIN_VALUE);
    }

    private void restoreOlderThan(long nanos) {
        silent.values().removeIf(each -> {
            boolean over = nanoTime.getAsLong() - each.sinceNanos() >= nanos;
            if (over) {
                each.context().setLogLevels(each.levels());
            }
            return over;
        });
    }
}
