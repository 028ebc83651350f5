package org.catseye.core.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.catseye.access.Audit;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit in {@code <home>/log/audit.log}. What somebody does very often is written as a sum once a minute, so that nobody turns over the files at will;
 * {@link AuditBudget} says what.
 */
@Component(service = Audit.class)
public final class AuditLog implements Audit {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final long MOST_BYTES = 1 << 20;

    private static final long LOOK_SECONDS = 10;

    /** Guarded by this, as are the others. */
    private final AuditFile file;
    private final AuditBudget budget;
    private final InstantSource time;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(body -> {
        Thread made = new Thread(body, "audit-sums");
        made.setDaemon(true);
        return made;
    });
    private boolean failed;
    private boolean closed;

    @Activate
    public AuditLog(BundleContext context) {
        this(new AuditFile(Path.of(Optional.ofNullable(context.getProperty(Settings.HOME)).orElse(".home"), "log", "audit.log"), MOST_BYTES),
                InstantSource.system(), System::nanoTime);
    }

    /** @param nanos a clock that only goes forward, like {@link System#nanoTime} */
    AuditLog(AuditFile file, InstantSource time, LongSupplier nanos) {
        this.file = file;
        this.time = time;
        this.budget = new AuditBudget(nanos);
    }

    @Activate
    void open() {
        looking.scheduleWithFixedDelay(this::tick, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    /** What was held back is written; whoever still has something to say is written at once. */
    @Deactivate
    void close() {
        looking.shutdownNow();
        synchronized (this) {
            closed = true;
            budget.rest(time.instant()).forEach(this::write);
        }
    }

    @Override
    public synchronized void record(String action, String user, String address, Map<String, String> details) {
        tick();
        try {
            Entry entry = new Entry(time.instant(), action, user, address, details);
            if (closed || budget.allows(entry)) {
                write(entry);
            }
        } catch (RuntimeException e) {
            complain(e);
        }
    }

    /** Every few seconds. */
    synchronized void tick() {
        budget.due(time.instant()).forEach(this::write);
    }

    private void write(Entry entry) {
        try {
            file.append(entry);
            failed = false;
        } catch (IOException | RuntimeException e) {
            complain(e);
        }
    }

    private void complain(Exception e) {
        if (!failed) {
            LOG.error("{} cannot be written: {}. What happens now is not on record, until this is mended.", file.path(), e.toString());
        }
        failed = true;
    }

    @Override
    public synchronized List<Entry> newest(int most) {
        try {
            return file.newest(most);
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file.path(), SecretFile.why(e));
            return List.of();
        }
    }
}
