package org.catseye.core.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.Audit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit log in {@code <home>/log/audit.log}. {@link AuditBudget} decides which lines are merged into one a minute. */
@Component(service = Audit.class)
public final class AuditLog implements Audit {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final String HOME = "catseye.home";
    private static final long MAX_FILE_BYTES = 1 << 20;
    private static final long SUMMARY_INTERVAL_SECONDS = 10;

    private final InstantSource time;
    private final ScheduledExecutorService summaries = NamedThreads.newSingleThreadScheduler("audit-sums");
    /** Guarded by this, with all fields below. */
    private final AuditFile file;
    private final AuditBudget budget;
    private boolean failed;
    private boolean closed;

    @Activate
    public AuditLog(BundleContext context) {
        this(new AuditFile(Path.of(Optional.ofNullable(context.getProperty(HOME)).orElse(".home"), "log", "audit.log"), MAX_FILE_BYTES),
                InstantSource.system(), System::nanoTime);
    }

    /** @param nanos a clock that only goes forward, like {@link System#nanoTime} */
    AuditLog(AuditFile file, InstantSource time, LongSupplier nanos) {
        this.file = file;
        this.time = time;
        this.budget = new AuditBudget(nanos);
    }

    @Activate
    void startSummaries() {
        summaries.scheduleWithFixedDelay(this::writeDueSummaries, SUMMARY_INTERVAL_SECONDS, SUMMARY_INTERVAL_SECONDS, TimeUnit.SECONDS);
    }

    /** Writes the counts of all lines that were held back. Later lines are written one by one. */
    @Deactivate
    void writeRemainingSummaries() {
        summaries.shutdownNow();
        synchronized (this) {
            closed = true;
            budget.takeAllSummaries(time.instant()).forEach(this::appendEntry);
        }
    }

    @Override
    public synchronized void record(String action, String user, String address, Map<String, String> details) {
        writeDueSummaries();
        try {
            Entry entry = new Entry(time.instant(), action, user, address, details);
            if (closed || budget.tryAcquireLine(entry)) {
                appendEntry(entry);
            }
        } catch (RuntimeException e) {
            logFailureOnce(e);
        }
    }

    /** Called every few seconds, and before each line. */
    synchronized void writeDueSummaries() {
        budget.takeDueSummaries(time.instant()).forEach(this::appendEntry);
    }

    private void appendEntry(Entry entry) {
        try {
            file.appendEntry(entry);
            failed = false;
        } catch (IOException | RuntimeException e) {
            logFailureOnce(e);
        }
    }

    private void logFailureOnce(Exception e) {
        if (!failed) {
            LOG.error("{} cannot be written: {}. Actions are not recorded until this is remedied.", file.path(), e.toString());
        }
        failed = true;
    }

    @Override
    public synchronized List<Entry> newest(int most) {
        try {
            return file.readNewest(most);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file.path(), SecretFile.why(e));
            return List.of();
        }
    }
}
