package org.catseye.testkit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Permission;
import org.catseye.access.Rights;
import org.catseye.access.Session;
import org.catseye.access.spi.SecondFactorRecord;
import org.catseye.access.spi.UserRecord;
import org.catseye.access.spi.UserRecords;
import org.catseye.access.spi.UserStore;
import org.junit.Test;

/** The contract that every user store must fulfil. Extend this class in the tests of a store. */
public abstract class UserStoreContract {

    private static final Instant CREATED = Instant.parse("2026-01-31T12:00:00Z");
    private static final String HASH = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";

    /** Creates a store at the same location each time, as after a restart. The location is empty at the first call of a test. */
    protected abstract UserStore openStore() throws Exception;

    /** Writes content to the location that no store can read. */
    protected abstract void damageContent() throws Exception;

    /** Makes every later save fail, as a full disk does. */
    protected abstract void refuseWrites() throws Exception;

    private static UserRecords records(String... names) {
        UserRecords records = UserRecords.EMPTY.withRole("watch", new Rights(Map.of("*", Set.of(Permission.VIEW))));
        for (String name : names) {
            records = records.withUser(new UserRecord(name, HASH, "stamp of " + name, "token stamp", CREATED, Set.of("admin", "watch"),
                    new Rights(Map.of("bay1", Set.of(Permission.CONTROL, Permission.POWER))),
                    Optional.of(new SecondFactorRecord("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 7, Set.of("ab", "cd")))));
        }
        return records;
    }

    @Test
    public void whatIsSavedIsLoadedAfterARestartWithEachField() throws Exception {
        UserStore store = openStore();
        assertEquals(Optional.empty(), store.load());
        store.save(records("admin", "ann"));
        assertEquals(Optional.of(records("admin", "ann")), store.load());
        assertEquals(Optional.of(records("admin", "ann")), openStore().load());
        store.save(records("admin"));
        assertEquals(Optional.of(records("admin")), openStore().load());
    }

    @Test
    public void aListenerGetsEachSaveBeforeItReturnsUntilItIsRemoved() throws Exception {
        UserStore store = openStore();
        List<UserRecords> seen = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        Session.Registration registration = store.addListener(records -> {
            seen.add(records);
            threads.add(Thread.currentThread());
        });
        store.save(records("admin"));
        assertEquals(List.of(records("admin")), seen);
        assertEquals(List.of(Thread.currentThread()), threads);
        registration.close();
        store.save(records("admin", "ann"));
        assertEquals(1, seen.size());
    }

    @Test
    public void aFailedSaveThrowsAndChangesNothing() throws Exception {
        UserStore store = openStore();
        store.save(records("admin"));
        refuseWrites();
        List<UserRecords> seen = new ArrayList<>();
        store.addListener(seen::add);
        assertThrows(IOException.class, () -> store.save(records("admin", "ann")));
        assertEquals(Optional.of(records("admin")), openStore().load());
        assertEquals(List.of(), seen);
    }

    @Test
    public void unreadableContentIsReportedWithoutSecretsAndLeftAloneUntilItIsSetAside() throws Exception {
        UserStore store = openStore();
        store.save(records("admin"));
        damageContent();
        String message = assertThrows(IOException.class, () -> openStore().load()).getMessage();
        assertFalse(message, message.contains("argon2id") || message.contains("stamp of"));
        assertThrows("still there", IOException.class, () -> openStore().load());
        openStore().setAside();
        assertEquals(Optional.empty(), openStore().load());
        openStore().setAside();
        store.save(records("admin"));
        assertTrue(openStore().load().isPresent());
    }

    @Test
    public void recordsShowNoSecretInALog() {
        String text = records("ann").toString();
        assertTrue(text, text.contains("ann"));
        assertFalse(text, text.contains("argon2id") || text.contains("GEZDG") || text.contains("stamp of"));
    }
}
