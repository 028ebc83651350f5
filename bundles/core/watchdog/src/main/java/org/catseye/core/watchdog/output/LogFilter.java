package org.catseye.core.watchdog.output;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.catseye.core.watchdog.owner.BundleOwner;
import org.catseye.core.watchdog.owner.BundleOwners;
import org.slf4j.MDC;

/** Counts the lines of the log, and drops those of a plug-in that are beyond its limit. It is called on the thread that logs. */
public final class LogFilter implements Filter {

    /** Set by the bundle that forwards the log of OSGi, which has the bundle, but not on the stack. */
    private static final String FORWARDED_BUNDLE = "catseye.bundle";

    private final BundleOwners owners;
    private final CallingBundle calling;
    private final OutputCounts counts;
    private final Consumer<String> silencer;
    private final Supplier<String> forwardedBundle;

    /** @param silencer gets the symbolic name of a bundle that floods the log of OSGi; must not block */
    public LogFilter(BundleOwners owners, OutputCounts counts, Consumer<String> silencer) {
        this(owners, counts, silencer, () -> MDC.get(FORWARDED_BUNDLE));
    }

    /** @param forwardedBundle the symbolic name of the bundle whose line is being forwarded on this thread; null if none is */
    LogFilter(BundleOwners owners, OutputCounts counts, Consumer<String> silencer, Supplier<String> forwardedBundle) {
        this.silencer = silencer;
        this.forwardedBundle = forwardedBundle;
        this.owners = owners;
        this.calling = new CallingBundle(owners);
        this.counts = counts;
    }

    /** Takes effect for all handlers that have no filter. */
    public void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler.getFilter() == null) {
                handler.setFilter(this);
            }
        }
    }

    public void remove() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (handler.getFilter() == this) {
                handler.setFilter(null);
            }
        }
    }

    @Override
    public boolean isLoggable(LogRecord line) {
        Optional<BundleOwner> owner = findOwner(line);
        if (owner.isEmpty()) {
            return true;
        }
        if (line.getThrown() != null) {
            counts.countException(owner.get());
        }
        boolean passes = counts.countLogLine(owner.get());
        if (!passes && owner.get().name().equals(forwardedBundle.get())) {
            silencer.accept(owner.get().name());
        }
        return passes;
    }

    private Optional<BundleOwner> findOwner(LogRecord line) {
        Optional<BundleOwner> caller = calling.findCaller();
        if (caller.filter(BundleOwner::plugin).isPresent()) {
            return caller;
        }
        // Catseye logs an exception of a plug-in, or forwards a line from the log of OSGi.
        return Optional.ofNullable(line.getThrown()).flatMap(calling::findThrower).or(() -> Optional.ofNullable(forwardedBundle.get()).flatMap(owners::findPluginNamed))
            .or(() -> caller);
    }
}
