package org.catseye.core.deploy.plugin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import org.catseye.access.Audit;
import org.catseye.access.Caller;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.deploy.DropFolder;
import org.catseye.core.deploy.change.ChangeRecord;
import org.catseye.core.deploy.change.JarChanges;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.PluginResult.Outcome;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Runs one change at a time, and records it in the audit log. A change may replace the bundle of the caller or that of the audit log, so this
 * component needs neither of them to stay. Thread-safe.
 */
@Component(service = ChangeRunner.class, immediate = true)
public final class ChangeRunner {

    static final String PLUGIN = "plugin";
    static final String VERSION = "version";

    private final JarChanges changes;
    private final Semaphore change = new Semaphore(1);
    private final AuditQueue audit = new AuditQueue();
    private volatile boolean stopping;

    @Activate
    public ChangeRunner(@Reference DropFolder folder) {
        changes = folder.changes();
    }

    @Activate
    void start() {
        changes.onRecovered(this::recordRecovered);
    }

    /** A trial ends with the previous version. It is not interrupted, because that would also break off the operation that restores a file. */
    @Deactivate
    void stop() {
        stopping = true;
    }

    public boolean isStopping() {
        return stopping;
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    void setAudit(Audit service) {
        audit.open(service);
    }

    void unsetAudit(Audit service) {
        audit.close(service);
    }

    private void recordRecovered(List<ChangeRecord> undone) {
        undone.forEach(each -> audit.record("plugin.rolled-back", each.user(), each.address(), Map.of(PLUGIN, each.name(), VERSION, each.version(), "reason", JarChanges.STOPPED)));
    }

    /** Before anything changes: the bundle may end the process. */
    void recordTrial(Caller by, String name, String version, String file, String digest) {
        audit.record("plugin.trying", by.session().user(), by.address(), Map.of(PLUGIN, name, VERSION, version, "file", file, "sha256", digest));
    }

    /** Adds a line to the audit log, as soon as there is one. */
    public void record(String action, String user, String address, Map<String, String> details) {
        audit.record(action, user, address, details);
    }

    /** Changes something. The result is null, or how a trial ended. */
    @FunctionalInterface
    public interface Change {
        PluginResult run() throws PluginException, InterruptedException;
    }

    /** Runs a change on a thread of its own, so that it goes on if the caller stops. */
    public PluginResult runChange(Caller by, String action, Map<String, String> details, Change task) throws PluginException, InterruptedException {
        return runChange(by.session().user(), by.address(), action, details, task);
    }

    /** As {@link #runChange(Caller, String, Map, Change)}, for a change that no user has asked for. */
    PluginResult runOwnChange(String action, Map<String, String> details, Change task) throws PluginException, InterruptedException {
        return runChange("", "", action, details, task);
    }

    private PluginResult runChange(String user, String address, String action, Map<String, String> details, Change task) throws PluginException, InterruptedException {
        if (!change.tryAcquire()) {
            throw new PluginException(Reason.BUSY, "Another plug-in or feature is being changed. Wait until that has ended.");
        }
        FutureTask<PluginResult> run = new FutureTask<>(() -> recordChange(user, address, action, details, task));
        NamedThreads.newDaemonThread(run, "plugin-change").start();
        try {
            return run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof PluginException expected) {
                throw expected;
            }
            if (e.getCause() instanceof InterruptedException) {
                throw new PluginException(Reason.FAILED, "Catseye is stopping.", e);
            }
            throw new IllegalStateException("the change of a plug-in or feature failed", e.getCause());
        }
    }

    private PluginResult recordChange(String user, String address, String action, Map<String, String> details, Change task) throws PluginException, InterruptedException {
        String outcome = "failed";
        try {
            awaitStart();
            PluginResult result = task.run();
            outcome = result == null || result.outcome() == Outcome.KEPT ? "done" : result.outcome() == Outcome.ROLLED_BACK ? "rolled back: " + result.reason() : result.reason();
            return result;
        } catch (PluginException e) {
            outcome = e.getMessage();
            throw e;
        } finally {
            Map<String, String> all = new HashMap<>(details);
            all.put("result", outcome);
            audit.record(action, user, address, all);
            change.release();
        }
    }

    /** Before the changes that the last run did not end are undone, a new one would be taken for one of them. */
    private void awaitStart() throws PluginException, InterruptedException {
        if (!JarTrials.awaitTrue(changes::hasRecovered)) {
            throw new PluginException(Reason.BUSY, "Catseye is still starting. Try again in a moment.");
        }
    }
}
