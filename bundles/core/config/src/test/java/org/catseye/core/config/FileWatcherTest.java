package org.catseye.core.config;

import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.core.config.secret.SecretKeys;
import org.catseye.core.config.store.FileStore;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.service.cm.ConfigurationAdmin;

public class FileWatcherTest {

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();

    @Test
    public void aChangeThatCannotBeDeliveredIsTriedOnceARound() throws Exception {
        Path folder = temporary.newFolder("config").toPath();
        FileStore store = new FileStore(folder, temporary.newFolder("good").toPath(), Set.of(), System::nanoTime, SecretKeys.BY_NAME);
        AtomicInteger tried = new AtomicInteger();
        ConfigurationAdmin broken = (ConfigurationAdmin) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ConfigurationAdmin.class},
                (proxy, method, arguments) -> {
                    tried.incrementAndGet();
                    throw new IOException("it refuses");
                });
        FileWatcher watcher = new FileWatcher(store, folder, broken, () -> { });
        Files.writeString(folder.resolve("org.catseye.demo.cfg"), "fps = 30\n");
        watcher.deliverChanges();
        assertEquals(1, tried.get());
        watcher.deliverChanges();
        assertEquals("again with the next one", 2, tried.get());
    }
}
