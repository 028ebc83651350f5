package org.catseye.core.audit;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catseye.access.Audit.Entry;
import org.catseye.testkit.FakeTime;
import org.junit.Test;

public class AuditBudgetTest {

    private final FakeTime time = new FakeTime();
    private final AuditBudget budget = new AuditBudget(time::nanos);
    /** What would be on the disk. */
    private final List<Entry> written = new ArrayList<>();

    private void record(String action, String user, String address, Map<String, String> details) {
        written.addAll(budget.takeDueSummaries(time.instant()));
        Entry entry = new Entry(time.instant(), action, user, address, details);
        if (budget.tryAcquireLine(entry)) {
            written.add(entry);
        }
    }

    private void record(String action, String user, int times) {
        for (int i = 0; i < times; i++) {
            record(action, user, "192.0.2.6", Map.of());
        }
    }

    private void pass(Duration duration) {
        time.pass(duration);
        written.addAll(budget.takeDueSummaries(time.instant()));
    }

    private Entry last() {
        return written.get(written.size() - 1);
    }

    private static long counted(Entry entry) {
        String more = entry.details().get("more");
        return more == null ? 1 : Long.parseLong(more.substring(0, more.indexOf(' ')));
    }

    @Test
    public void whatIsTooMuchIsCountedAndToldWhenTheMinuteIsOver() {
        for (int i = 0; i < 50; i++) {
            record("token.made", "eve", "192.0.2.6", Map.of("name", "n" + i));
        }
        assertEquals(AuditBudget.BURST, written.size());
        pass(Duration.ofSeconds(59));
        assertEquals("not yet", AuditBudget.BURST, written.size());
        pass(Duration.ofSeconds(1));
        assertEquals(AuditBudget.BURST + 1, written.size());
        assertEquals(new Entry(time.instant(), "token.made", "eve", "192.0.2.6",
                Map.of("name", "n49", "more", "30 since 2026-01-31T12:00:00Z, of which this is the newest")), last());
        pass(Duration.ofMinutes(1));
        assertEquals("told once", AuditBudget.BURST + 1, written.size());
    }

    @Test
    public void whoGoesOnForADayWritesTwoLinesAMinuteAndEveryTimeIsCounted() {
        int times = 24 * 60 * 60;
        for (int i = 0; i < times; i++) {
            record("control.taken", "eve", "192.0.2.6", Map.of("target", "bay1"));
            time.pass(Duration.ofSeconds(1));
        }
        written.addAll(budget.takeAllSummaries(time.instant()));
        assertEquals(times, written.stream().mapToLong(AuditBudgetTest::counted).sum());
        assertTrue(written.size() + " lines", written.size() <= AuditBudget.BURST + 2 * 24 * 60);
    }

    @Test
    public void twentyAMinuteWithoutEndIsTooMuchToo() {
        for (int i = 0; i < 60; i++) {
            record("control.taken", "eve", AuditBudget.BURST);
            pass(Duration.ofMinutes(1));
        }
        assertTrue(written.size() + " lines", written.size() <= AuditBudget.BURST + 2 * 60);
        assertEquals(60 * AuditBudget.BURST, written.stream().mapToLong(AuditBudgetTest::counted).sum());
    }

    @Test
    public void afterAQuietWhileEachLineIsWrittenAgainAndNothingIsRemembered() {
        record("logout", "eve", 100);
        pass(Duration.ofMinutes(AuditBudget.BURST));
        assertEquals(0, budget.countKinds());
        int before = written.size();
        record("logout", "eve", AuditBudget.BURST);
        assertEquals(before + AuditBudget.BURST, written.size());
    }

    @Test
    public void neitherOtherUsersNorOtherActionsNorOtherTargetsAreHidden() {
        for (int i = 0; i < 100; i++) {
            record("control.taken", "eve", "192.0.2.6", Map.of("target", "bay1"));
        }
        int before = written.size();
        record("control.taken", "ann", "192.0.2.7", Map.of("target", "bay1"));
        record("control.released", "eve", "192.0.2.6", Map.of("target", "bay1"));
        record("control.taken", "eve", "192.0.2.6", Map.of("target", "bay2"));
        record("check.action", "eve", "192.0.2.6", Map.of("target", "bay1", "check", "a", "tried", "b"));
        assertEquals(before + 4, written.size());
        record("control.taken", "EVE", "192.0.2.6", Map.of("target", "bay1"));
        assertEquals("a directory takes EVE for eve", before + 4, written.size());
    }

    @Test
    public void whatIsNotCheapIsNeverMerged() {
        for (String action : List.of("claim", "recovered", "user.added", "user.removed", "role.changed", "password.changed", "second-factor.off",
                "bundle.installed", "console.changed")) {
            record(action, "admin", 100);
        }
        assertEquals(900, written.size());
        assertEquals(0, budget.countKinds());
    }

    @Test
    public void whoLogsInWithoutAPauseIsCountedAndALoginFromElsewhereIsTold() {
        for (int i = 0; i < 24 * 60 * 60; i++) {
            record("login", "eve", "192.0.2.6", Map.of("session", "s" + i));
            time.pass(Duration.ofSeconds(1));
        }
        assertTrue(written.size() + " lines", written.size() <= AuditBudget.BURST + 2 * 24 * 60);
        int before = written.size();
        record("login", "eve", "192.0.2.7", Map.of("session", "other"));
        record("login", "ann", "192.0.2.6", Map.of("session", "hers"));
        assertEquals(before + 2, written.size());
        for (int i = 0; i < 100; i++) {
            record("login", "eve", "2001:db8::" + i, Map.of());
        }
        assertEquals("a network of one's own is one place", before + 2 + AuditBudget.BURST, written.size());
        written.addAll(budget.takeAllSummaries(time.instant()));
        assertEquals(24 * 60 * 60 + 102, written.stream().mapToLong(AuditBudgetTest::counted).sum());
    }

    @Test
    public void failedLoginsWithoutANameAreMergedAndSayFromWhere() {
        for (int i = 0; i < 30; i++) {
            record("login.failed", "", "192.0.2." + i % 6, Map.of());
        }
        pass(Duration.ofMinutes(1));
        assertEquals(AuditBudget.BURST + 1, written.size());
        assertEquals("192.0.2.2, 192.0.2.3, 192.0.2.4, 192.0.2.5, and others", last().details().get("addresses"));
    }

    @Test
    public void moreKindsThanAreRememberedPushOutTheOldestWithItsSum() {
        record("logout", "eve", AuditBudget.BURST + 5);
        for (int i = 0; i < AuditBudget.MAX_KINDS + 10; i++) {
            record("logout", "user" + i, 1);
        }
        assertEquals(AuditBudget.MAX_KINDS, budget.countKinds());
        List<Entry> sums = written.stream().filter(entry -> entry.details().containsKey("more")).toList();
        assertEquals(1, sums.size());
        assertEquals(5, counted(sums.get(0)));
        assertEquals("eve", sums.get(0).user());
    }

    @Test
    public void whatIsHeldIsShort() {
        for (int i = 0; i <= AuditBudget.BURST; i++) {
            record("token.made", "eve", "192.0.2.6", Map.of("rights", "x".repeat(100_000)));
        }
        pass(Duration.ofMinutes(1));
        assertEquals(AuditFile.MAX_VALUE_CHARS, last().details().get("rights").length());
        assertFalse(last().details().containsKey("addresses"));
    }
}
