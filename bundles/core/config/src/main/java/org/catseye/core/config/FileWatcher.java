package org.catseye.core.config;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.catseye.concurrent.NamedThreads;
import org.catseye.core.config.format.ConfigurationPid;
import org.catseye.core.config.store.FileChange;
import org.catseye.core.config.store.FileStore;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers changes that editors make to ConfigurationAdmin. The kernel reports changes of the folder; the folder is also read every ten
 * seconds, because the kernel reports nothing for network file systems or when no watches are left. Thread: {@code catseye-config}, ended
 * and joined by {@link #close()}.
 */
final class FileWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final long SCAN_MILLIS = 10_000;
    /** Editors write in steps: truncate, write, rename. The folder is read when nothing happened for this long. */
    private static final long QUIET_MILLIS = 100;
    private static final int MAX_STEPS = 20;
    private static final int MAX_ROUNDS = 5;
    private static final long JOIN_TIMEOUT_MILLIS = 2_000;
    private final FileStore store;
    private final Path folder;
    private final ConfigurationAdmin admin;
    private final Runnable afterScan;
    private final Thread thread;
    /** Whether the folder was read; on the thread only. */
    private boolean scanned;
    /** What was logged about a change that could not be delivered, by PID. Each change is tried again every few seconds. */
    private final Map<String, String> failures = new ConcurrentHashMap<>();

    /** @param afterScan called after each reading of the folder but the first, which is at the start, when bundles may still be missing */
    FileWatcher(FileStore store, Path folder, ConfigurationAdmin admin, Runnable afterScan) {
        this.afterScan = afterScan;
        this.store = store;
        this.folder = folder;
        this.admin = admin;
        this.thread = NamedThreads.newDaemonThread(this::watchFolder, "catseye-config");
    }

    /** Loads all configurations, then starts the thread, so that no file counts as changed that existed before. */
    void startWatching() {
        try {
            // ConfigurationAdmin reads a file only on demand; one that it has not read would look like a change.
            admin.listConfigurations(null);
        } catch (IOException e) {
            LOG.error("{} cannot be read", folder, e);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("no filter was given", e);
        }
        thread.start();
    }

    /** Brings ConfigurationAdmin up to date with the files. In rounds, because a form may be saved between reading and delivering. */
    void deliverChanges() throws IOException {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            boolean delivered = false;
            for (FileChange change : store.findChanges()) {
                delivered |= deliverChange(change);
            }
            if (!delivered) {
                return;
            }
        }
    }

    /** @return whether it was delivered */
    private boolean deliverChange(FileChange change) {
        ConfigurationPid pid = change.pid();
        try {
            store.deliverChange(pid.name(), () -> {
                Configuration configuration = findConfiguration(pid);
                if (change.values().isEmpty()) {
                    configuration.delete();
                    LOG.info("{} was deleted, its defaults apply", pid.fileName());
                } else {
                    Dictionary<String, Object> values = new Hashtable<>(change.values().get());
                    configuration.update(values);
                    LOG.info("{} was changed: {}", pid.fileName(), String.join(", ", change.keys()));
                }
            });
            failures.remove(pid.name());
            return true;
        } catch (IllegalStateException deletedMeanwhile) {
            LOG.debug("{} was deleted while its file was read; the next scan delivers it", pid.fileName(), deletedMeanwhile);
        } catch (IOException | RuntimeException e) {
            String failure = change.keys() + " " + e;
            if (!failure.equals(failures.put(pid.name(), failure))) {
                LOG.error("{} was changed, but the change could not be put into effect. It is tried again silently", pid.fileName(), e);
            }
        }
        return false;
    }

    private Configuration findConfiguration(ConfigurationPid pid) throws IOException {
        int tilde = pid.name().indexOf('~');
        return tilde > 0 ? admin.getFactoryConfiguration(pid.name().substring(0, tilde), pid.name().substring(tilde + 1), "?")
                : admin.getConfiguration(pid.name(), "?");
    }

    private void watchFolder() {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
            while (true) {
                scanFolder();
                awaitQuiet(watch, watch.poll(store.awaitsRemovals() ? QUIET_MILLIS : SCAN_MILLIS, TimeUnit.MILLISECONDS));
                scanned = true;
            }
        } catch (IOException e) {
            LOG.warn("the system does not report changes in {}; the folder is read every {} s instead", folder, SCAN_MILLIS / 1000, e);
            scanPeriodically();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void scanPeriodically() {
        try {
            while (true) {
                scanFolder();
                scanned = true;
                TimeUnit.MILLISECONDS.sleep(SCAN_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void scanFolder() {
        try {
            deliverChanges();
            if (scanned) {
                afterScan.run();
            }
        } catch (IOException e) {
            LOG.error("{} cannot be read", folder, e);
        } catch (RuntimeException e) {
            // From ConfigurationAdmin or one of its listeners; the next change is delivered all the same.
            LOG.error("a changed configuration could not be put into effect", e);
        }
    }

    private static void awaitQuiet(WatchService watch, WatchKey first) throws InterruptedException {
        WatchKey key = first;
        for (int step = 0; key != null && step < MAX_STEPS; step++) {
            key.pollEvents();
            key.reset();
            key = watch.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        if (key != null) {
            key.reset();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(JOIN_TIMEOUT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
