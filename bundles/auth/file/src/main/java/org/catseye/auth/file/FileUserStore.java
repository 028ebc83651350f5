package org.catseye.auth.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.catseye.access.Session;
import org.catseye.access.spi.UserRecords;
import org.catseye.access.spi.UserStore;
import org.catseye.secrets.SecretFile;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of this device in {@code <home>/access/users.json}. A change by an editor takes effect at the next start. Thread-safe. */
@Component(service = UserStore.class)
public final class FileUserStore implements UserStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileUserStore.class);
    private static final String HOME = "catseye.home";

    private final SecretFile file;
    private final InstantSource time;
    private final List<Consumer<UserRecords>> listeners = new CopyOnWriteArrayList<>();

    @Activate
    public FileUserStore(BundleContext context) {
        this(Path.of(Optional.ofNullable(context.getProperty(HOME)).orElse(".home"), "access"), InstantSource.system());
    }

    /** @param folder of {@code users.json} */
    public FileUserStore(Path folder, InstantSource time) {
        this.file = new SecretFile(folder.resolve("users.json"));
        this.time = time;
    }

    @Override
    public synchronized Optional<UserRecords> load() throws IOException {
        Optional<byte[]> content = file.read();
        return content.isPresent() ? Optional.of(UserFile.parseContent(content.get())) : Optional.empty();
    }

    @Override
    public void save(UserRecords records) throws IOException {
        synchronized (this) {
            file.write(UserFile.toContent(records));
        }
        listeners.forEach(listener -> listener.accept(records));
    }

    @Override
    public synchronized void setAside() throws IOException {
        Path aside = file.path().resolveSibling("users.json.damaged-" + time.instant().getEpochSecond());
        if (Files.exists(file.path())) {
            Files.move(file.path(), aside);
            LOG.warn("{} could not be read and was renamed to {}", file.path(), aside);
        }
    }

    @Override
    public Session.Registration addListener(Consumer<UserRecords> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public String toString() {
        return file.path().toString();
    }
}
