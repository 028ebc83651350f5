package org.catseye.core.audit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.catseye.access.Audit;
import org.catseye.access.Audit.Entry;
import org.catseye.testkit.FakeAudit;
import org.catseye.testkit.FakeTime;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Version;

public class AuditLogTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private final FakeTime time = new FakeTime();
    private Path path;
    private Audit audit;

    @Before
    public void make() {
        path = folder.getRoot().toPath().resolve("log/audit.log");
        audit = new AuditLog(new AuditFile(path, 2_000), time, time::nanos);
    }

    @Test
    public void whatIsRecordedIsReadBackNewestFirstAndIsForTheOwnerOnly() throws Exception {
        audit.record("login", "ann", "192.0.2.7", Map.of("session", "abc"));
        time.pass(Duration.ofSeconds(1));
        audit.record("x", "", "", Map.of("text", "a\n{\"action\":\"login\"}\u2028\u0000"));
        List<Entry> entries = audit.newest(10);
        assertEquals(List.of("x", "login"), entries.stream().map(Entry::action).toList());
        assertEquals("a\n{\"action\":\"login\"}\u2028\u0000", entries.get(0).details().get("text"));
        assertEquals(new Entry(time.instant().minusSeconds(1), "login", "ann", "192.0.2.7", Map.of("session", "abc")), entries.get(1));
        assertEquals(1, audit.newest(1).size());
        assertEquals("one line each, whatever is in it", 2, Files.readAllLines(path).size());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }

    @Test
    public void itGrowsByAppendingOnlyAndFullFilesMoveOnUntilTheOldestGoes() throws Exception {
        audit.record("first", "", "", Map.of());
        byte[] before = Files.readAllBytes(path);
        audit.record("second", "", "", Map.of());
        assertTrue(Files.readString(path).startsWith(new String(before)));
        for (int i = 0; i < 1_000; i++) {
            audit.record("a" + i, "", "", Map.of());
        }
        long bytes = 0;
        for (Path file : Files.list(path.getParent()).toList()) {
            bytes += Files.size(file);
            assertTrue(file + "", Files.size(file) <= 2_000 + 100);
        }
        assertEquals(AuditFile.MAX_OLD_FILES + 1, Files.list(path.getParent()).count());
        List<Entry> entries = audit.newest(Integer.MAX_VALUE);
        assertEquals("a999", entries.get(0).action());
        assertEquals("without a gap", "a" + (1_000 - entries.size()), entries.get(entries.size() - 1).action());
        assertTrue(bytes > 15_000 && entries.size() > 150);
    }

    @Test
    public void aHalfLineIsSkippedAndLongValuesAreCut() throws Exception {
        audit.record("a", "u".repeat(5_000), "", Map.of("time", "not the time", "long", "x".repeat(5_000)));
        Files.writeString(path, "{\"time\":\"2026-01", StandardOpenOption.APPEND);
        List<Entry> entries = audit.newest(10);
        assertEquals(1, entries.size());
        assertEquals(AuditFile.MAX_VALUE_CHARS, entries.get(0).user().length());
        assertEquals(Map.of("long", "x".repeat(AuditFile.MAX_VALUE_CHARS)), entries.get(0).details());
    }

    @Test
    public void aDiskThatFailsIsNoHarm() throws Exception {
        Files.createFile(path.getParent());
        audit.record("a", "", "", Map.of());
        assertEquals(List.of(), audit.newest(10));
        Files.delete(path.getParent());
        audit.record("b", "", "", Map.of());
        assertEquals(1, audit.newest(10).size());
    }

    @Test
    public void nobodyTurnsTheFilesOverByRepeatingHimselfAndTheCountIsOnRecord() throws Exception {
        audit.record("user.added", "admin", "", Map.of("name", "eve"));
        int times = 60_000;
        for (int i = 0; i < times; i++) {
            audit.record("control.taken", "eve", "192.0.2.6", Map.of("target", "bay1"));
            time.pass(Duration.ofMillis(1));
        }
        ((AuditLog) audit).writeRemainingSummaries();
        List<Entry> entries = audit.newest(Integer.MAX_VALUE);
        assertEquals("the past is still there", "user.added", entries.get(entries.size() - 1).action());
        assertEquals(AuditBudget.BURST + 2, entries.size());
        String more = entries.get(0).details().get("more");
        assertEquals((times - AuditBudget.BURST) + " since 2026-01-31T12:00:00.020Z, of which this is the newest", more);
        audit.record("control.taken", "eve", "192.0.2.6", Map.of("target", "bay1"));
        assertEquals("nobody is left who would write a sum", AuditBudget.BURST + 3, audit.newest(Integer.MAX_VALUE).size());
    }

    @Test
    public void aSumIsWrittenThoughNothingElseHappensAndAnEntryWithoutSenseIsNoHarm() {
        for (int i = 0; i < AuditBudget.BURST + 2; i++) {
            audit.record("logout", "eve", "", Map.of());
        }
        ((AuditLog) audit).writeDueSummaries();
        assertEquals(AuditBudget.BURST, audit.newest(100).size());
        time.pass(Duration.ofMinutes(1));
        ((AuditLog) audit).writeDueSummaries();
        ((AuditLog) audit).writeDueSummaries();
        assertEquals(AuditBudget.BURST + 1, audit.newest(100).size());
        audit.record("logout", null, "", null);
        assertEquals(AuditBudget.BURST + 1, audit.newest(100).size());
    }

    @Test
    public void bundlesThatComeChangeAndGoAreOnRecordWithTheirHash() throws Exception {
        Path jar = folder.newFile("some bundle.jar").toPath();
        Files.writeString(jar, "abc");
        FakeAudit record = new FakeAudit();
        Path storage = folder.newFolder("storage").toPath();
        BundleAudit bundles = new BundleAudit((BundleContext) Proxy.newProxyInstance(AuditLogTest.class.getClassLoader(), new Class<?>[] {BundleContext.class},
                (proxy, method, arguments) -> arguments[0].equals("org.osgi.framework.storage") ? storage.toString() : null), record);
        for (int type : new int[] {BundleEvent.INSTALLED, BundleEvent.RESOLVED, BundleEvent.STARTED, BundleEvent.UPDATED, BundleEvent.UNINSTALLED}) {
            bundles.bundleChanged(new BundleEvent(type, bundle(jar.toUri().toString())));
        }
        String facts = "{bundle=org.example, location=" + jar.toUri();
        String hash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertEquals(List.of("bundle.installed   " + facts + ", sha256=" + hash + ", version=1.2.3}", "bundle.updated   " + facts + ", sha256=" + hash + ", version=1.2.3}",
                "bundle.uninstalled   " + facts + ", version=1.2.3}"), record.lines());
        bundles.bundleChanged(new BundleEvent(BundleEvent.INSTALLED, bundle("inputstream:x.jar")));
        assertEquals("bundle.installed   {bundle=org.example, location=inputstream:x.jar, version=1.2.3}", record.lines().get(3));
        for (String version : List.of("version0.0", "version0.1")) {
            Path kept = Files.createDirectories(storage.resolve("bundle7").resolve(version)).resolve("bundle.jar");
            Files.writeString(kept, version.equals("version0.1") ? "abc" : "older");
            Files.setLastModifiedTime(kept, FileTime.from(time.instant().plusSeconds(version.equals("version0.1") ? 1 : 0)));
        }
        bundles.bundleChanged(new BundleEvent(BundleEvent.UPDATED, bundle("inputstream:x.jar")));
        assertEquals("bundle.updated   {bundle=org.example, location=inputstream:x.jar, sha256=" + hash + ", version=1.2.3}", record.lines().get(4));
    }

    private static Bundle bundle(String location) {
        return (Bundle) Proxy.newProxyInstance(AuditLogTest.class.getClassLoader(), new Class<?>[] {Bundle.class}, (proxy, method, arguments) -> switch (method.getName()) {
            case "getSymbolicName" -> "org.example";
            case "getVersion" -> Version.valueOf("1.2.3");
            case "getLocation" -> location;
            case "getBundleId" -> 7L;
            case "hashCode" -> 1;
            case "toString" -> "bundle";
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
