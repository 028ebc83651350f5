package org.catseye.core.config;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells ConfigurationAdmin what editors write. The kernel says when something in the folder changed; a look every ten seconds catches
 * what it cannot say (network file systems, no watches left). Own thread, ended and joined by {@link #close()}.
 */
final class LiveUpdates implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    private static final long LOOK_MILLIS = 10_000;
    /** Editors write in steps: truncate, write, rename. Looked at when nothing happened for this long. */
    private static final long QUIET_MILLIS = 100;
    private static final int MOST_STEPS = 20;
    private static final int MOST_ROUNDS = 5;
    private static final long JOIN_MILLIS = 2_000;
    private final FileStore store;
    private final Path folder;
    private final ConfigurationAdmin admin;
    private final Thread thread;

    LiveUpdates(FileStore store, Path folder, ConfigurationAdmin admin) {
        this.store = store;
        this.folder = folder;
        this.admin = admin;
        this.thread = new Thread(this::run, "catseye-config");
        thread.setDaemon(true);
    }

    /** Before the thread runs, and so before anybody can have put in a file that is to be told. */
    void start() {
        try {
            // ConfigurationAdmin reads a file when somebody asks for it; what it has not read would look like a change.
            admin.listConfigurations(null);
        } catch (IOException e) {
            LOG.error("{} cannot be read", folder, e);
        } catch (InvalidSyntaxException e) {
            throw new AssertionError("no filter was given", e);
        }
        thread.start();
    }

    /** Brings ConfigurationAdmin up to date with the files. In rounds, because a form may be saved between our reading and our telling. */
    void tell() throws IOException {
        for (int round = 0; round < MOST_ROUNDS; round++) {
            var news = store.news();
            if (news.isEmpty()) {
                return;
            }
            news.forEach(this::tell);
        }
    }

    private void tell(FileStore.News news) {
        Pid pid = news.pid();
        try {
            store.tell(pid.name(), () -> {
                Configuration configuration = configuration(pid);
                if (news.values().isEmpty()) {
                    configuration.delete();
                    LOG.info("{} was deleted, its defaults apply", pid.file());
                } else {
                    Dictionary<String, Object> values = new Hashtable<>(news.values().get());
                    configuration.update(values);
                    LOG.info("{} was changed: {}", pid.file(), String.join(", ", news.keys()));
                }
            });
        } catch (IllegalStateException deletedMeanwhile) {
            LOG.debug("{} was deleted while its file was read; the next look tells", pid.file(), deletedMeanwhile);
        } catch (IOException | RuntimeException e) {
            LOG.error("{} was changed, but the change could not be put into effect", pid.file(), e);
        }
    }

    private Configuration configuration(Pid pid) throws IOException {
        int tilde = pid.name().indexOf('~');
        return tilde > 0 ? admin.getFactoryConfiguration(pid.name().substring(0, tilde), pid.name().substring(tilde + 1), "?")
                : admin.getConfiguration(pid.name(), "?");
    }

    private void run() {
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
            while (true) {
                look();
                settle(watch, watch.poll(store.unsettled() ? QUIET_MILLIS : LOOK_MILLIS, TimeUnit.MILLISECONDS));
            }
        } catch (IOException e) {
            LOG.warn("the system does not tell about changes in {}; it is looked at every {} s instead", folder, LOOK_MILLIS / 1000, e);
            lookNowAndThen();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void lookNowAndThen() {
        try {
            while (true) {
                look();
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            tell();
        } catch (IOException e) {
            LOG.error("{} cannot be read", folder, e);
        } catch (RuntimeException e) {
            // ConfigurationAdmin or a listener of it; the next change gets its own try.
            LOG.error("a changed configuration could not be put into effect", e);
        }
    }

    private static void settle(WatchService watch, WatchKey first) throws InterruptedException {
        WatchKey key = first;
        for (int step = 0; key != null && step < MOST_STEPS; step++) {
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
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
