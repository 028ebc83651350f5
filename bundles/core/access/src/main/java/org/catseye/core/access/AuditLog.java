package org.catseye.core.access;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catseye.access.Audit;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The audit in {@code <home>/log/audit.log}. */
@Component(service = Audit.class)
public final class AuditLog implements Audit {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final long MOST_BYTES = 1 << 20;

    /** Guarded by this. */
    private final AuditFile file;
    private final InstantSource time;
    private boolean failed;

    @Activate
    public AuditLog(BundleContext context) {
        this(new AuditFile(Path.of(Optional.ofNullable(context.getProperty(Settings.HOME)).orElse(".home"), "log", "audit.log"), MOST_BYTES), InstantSource.system());
    }

    AuditLog(AuditFile file, InstantSource time) {
        this.file = file;
        this.time = time;
    }

    @Override
    public synchronized void record(String action, String user, String address, Map<String, String> details) {
        try {
            file.append(new Entry(time.instant(), action, user, address, details));
            failed = false;
        } catch (IOException | RuntimeException e) {
            if (!failed) {
                LOG.error("{} cannot be written: {}. What happens now is not on record, until this is mended.", file.path(), e.toString());
            }
            failed = true;
        }
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
