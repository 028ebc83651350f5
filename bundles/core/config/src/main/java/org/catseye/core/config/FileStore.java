package org.catseye.core.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.felix.cm.PersistenceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ConfigurationAdmin's persistence manager over a folder of configuration files. Called by ConfigurationAdmin on any thread; keeps no
 * lock while it calls anything else. A write that fails is thrown to whoever updates the configuration, and then nothing has changed.
 */
final class FileStore implements PersistenceManager {
    private static final Logger LOG = LoggerFactory.getLogger("org.catseye.core.config");
    /** ConfigurationAdmin's mark of a configuration that somebody asked for but nobody gave values yet. */
    private static final String NEW = "_felix_.cm.newConfiguration";
    private final Object lock = new Object();
    private final Path folder;
    private final Path lastGood;
    /** Names of files that the safe mode leaves out: neither read nor written. */
    private final Set<String> hidden;
    private final LongSupplier nanoTime;
    /** Guarded by lock: every configuration that has or had a file. */
    private final Map<String, ConfigFile> files = new LinkedHashMap<>();
    /** Guarded by lock: configurations without values, which have no file. */
    private final Map<String, Dictionary<String, Object>> empty = new LinkedHashMap<>();
    /** Guarded by lock: what was said of misnamed files. */
    private final Set<String> said = new HashSet<>();
    /** The PID whose file the current thread is telling ConfigurationAdmin about; its answer is not written back. */
    private final ThreadLocal<String> telling = new ThreadLocal<>();

    /**
     * @param folder the configuration files
     * @param lastGood keeps the last good text of each file, for a start on a broken one
     * @param hidden names of files that are treated as if they were not there, and are not written
     * @param nanoTime the clock, as {@link System#nanoTime()}
     */
    FileStore(Path folder, Path lastGood, Set<String> hidden, LongSupplier nanoTime) {
        this.folder = folder;
        this.lastGood = lastGood;
        this.hidden = Set.copyOf(hidden);
        this.nanoTime = nanoTime;
    }

    @Override
    public boolean exists(String pid) {
        synchronized (lock) {
            return empty.containsKey(pid) || !isHidden(Pid.of(pid)) && file(Pid.of(pid)).load().isPresent();
        }
    }

    @Override
    public Dictionary<String, Object> load(String pid) throws IOException {
        synchronized (lock) {
            if (empty.containsKey(pid)) {
                return empty.get(pid);
            }
            if (isHidden(Pid.of(pid))) {
                throw new IOException("no configuration " + pid);
            }
            ConfigFile file = file(Pid.of(pid));
            return Bookkeeping.dictionary(file.pid(), file.load()).orElseThrow(() -> new IOException("no configuration " + pid));
        }
    }

    @Override
    public Enumeration<Dictionary<String, Object>> getDictionaries() throws IOException {
        Map<String, Dictionary<String, Object>> all = new LinkedHashMap<>();
        synchronized (lock) {
            all.putAll(empty);
            for (Pid pid : onDisk()) {
                ConfigFile file = file(pid);
                Bookkeeping.dictionary(file.pid(), file.load()).ifPresent(values -> all.put(file.pid().name(), values));
            }
        }
        return Collections.enumeration(all.values());
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the interface is older than generics; ConfigurationAdmin's keys are Strings
    public void store(String pid, Dictionary properties) throws IOException {
        synchronized (lock) {
            if (properties.get(NEW) != null) {
                empty.put(pid, properties);
                return;
            }
            Pid stored = new Pid(pid, Optional.ofNullable((String) properties.get("service.factoryPid")));
            if (isHidden(stored)) {
                throw new IOException("the safe mode leaves out " + stored.file() + " and does not overwrite it; edit the file, or start normally");
            }
            empty.remove(pid);
            Map<String, Object> values = Bookkeeping.values(properties);
            if (pid.equals(telling.get())) {
                file(stored).told(values);
            } else {
                file(stored).store(values);
            }
        }
    }

    @Override
    public void delete(String pid) throws IOException {
        synchronized (lock) {
            empty.remove(pid);
            if (isHidden(Pid.of(pid))) {
                return;
            }
            ConfigFile file = file(Pid.of(pid));
            // Told about a file that went: should there be a new one by now, it is a person's, and is told next.
            file.delete(!pid.equals(telling.get()));
            files.values().remove(file);
        }
    }

    /** Runs an action of ConfigurationAdmin for a file's sake, during which store() and delete() leave that file alone. */
    void tell(String pid, Telling action) throws IOException {
        telling.set(pid);
        try {
            action.run();
        } finally {
            telling.remove();
        }
    }

    /** An action of ConfigurationAdmin. */
    interface Telling {
        void run() throws IOException;
    }

    /** What the files say that ConfigurationAdmin does not know yet. */
    List<News> news() throws IOException {
        List<News> news = new ArrayList<>();
        synchronized (lock) {
            onDisk().forEach(this::file);
            for (ConfigFile file : files.values()) {
                file.news(nanoTime.getAsLong()).ifPresent(news::add);
            }
        }
        return news;
    }

    /** True when there may be news in a moment, without a further change of the folder. */
    boolean unsettled() {
        synchronized (lock) {
            return files.values().stream().anyMatch(ConfigFile::unsettled);
        }
    }

    /**
     * A file that says something new.
     *
     * @param values empty when the file is gone
     * @param keys what changed
     */
    record News(Pid pid, Optional<Map<String, Object>> values, Set<String> keys) {
    }

    private boolean isHidden(Pid pid) {
        return hidden.contains(pid.file());
    }

    /** The one object for a file. An instance made without a name has one PID in this run and another, its file's, in the next. */
    private ConfigFile file(Pid pid) {
        for (ConfigFile file : files.values()) {
            if (file.pid().name().equals(pid.name())) {
                return file;
            }
        }
        return files.computeIfAbsent(pid.file(), name -> new ConfigFile(pid, folder.resolve(name), lastGood.resolve(name)));
    }

    /** Once for each name: the folder is looked at every few seconds. */
    private void sayMisnamed(String name) {
        Pid.misnamed(name).filter(said::add).ifPresent(LOG::warn);
    }

    private List<Pid> onDisk() throws IOException {
        try (var names = Files.list(folder)) {
            return names.map(path -> path.getFileName().toString()).peek(this::sayMisnamed).map(Pid::ofFile).flatMap(Optional::stream)
                    .filter(pid -> !isHidden(pid)).sorted(Comparator.comparing(Pid::name)).toList();
        }
    }
}
