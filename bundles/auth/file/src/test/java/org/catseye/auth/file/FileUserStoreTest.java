package org.catseye.auth.file;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserStore;
import org.catseye.testkit.FakeTime;
import org.catseye.testkit.UserStoreContract;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class FileUserStoreTest extends UserStoreContract {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();

    private Path file() {
        return folder.getRoot().toPath().resolve("access/users.json");
    }

    @Override
    protected UserStore openStore() {
        return new FileUserStore(file().getParent(), new FakeTime());
    }

    @Override
    protected void damageContent() throws IOException {
        Files.writeString(file(), Files.readString(file()).replace("\"format\" : 1", "\"format\" : 2"));
    }

    /** A folder in the place of the draft, which can be neither opened nor deleted. Works for root as well. */
    @Override
    protected void refuseWrites() throws IOException {
        Files.createDirectories(file().resolveSibling(".users.json.tmp").resolve("in the way"));
    }

    @Test
    public void onlyTheOwnerCanReadTheFile() throws Exception {
        String user = "{\"password\":\"x\",\"stamp\":\"s\",\"created\":\"2026-01-01T00:00:00Z\",\"roles\":[],\"rights\":{}}";
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{\"format\":1,\"users\":{\"ann\":" + user + "},\"roles\":{}}");
        UserStore store = openStore();
        UserRecord ann = store.load().orElseThrow().findUser("ann").orElseThrow();
        assertEquals("of a version without stamps for tokens", "s", ann.tokenStamp());
        store.save(store.load().orElseThrow());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())));
    }

    @Test
    public void aFileThatIsNotWhollyUnderstoodIsRefused() throws Exception {
        Files.createDirectories(file().getParent());
        for (String bad : List.of("", "{}", "{\"format\":1,\"users\":{},\"roles\":{}}", "{\"format\":1,\"users\":{\"ann\":{}},\"roles\":{}}",
                "{\"format\":1,\"users\":{\"ann\":{\"password\":\"x\",\"stamp\":\"s\",\"created\":\"now\",\"roles\":[],\"rights\":{}}},\"roles\":{}}")) {
            Files.writeString(file(), bad);
            assertThrows(bad, IOException.class, () -> openStore().load());
            assertEquals(bad, Files.readString(file()));
        }
    }

    @Test
    public void whatIsSetAsideIsKept() throws Exception {
        Files.createDirectories(file().getParent());
        Files.writeString(file(), "{ torn");
        openStore().setAside();
        try (var files = Files.list(file().getParent())) {
            Path kept = files.filter(path -> path.getFileName().toString().startsWith("users.json.damaged-")).findFirst().orElseThrow();
            assertTrue(new String(Files.readAllBytes(kept), StandardCharsets.UTF_8).contains("torn"));
        }
    }
}
