package org.catseye.core.access;

import static org.catseye.core.access.AccessBench.PASSWORD;
import static org.catseye.core.access.AccessBench.WATCH;
import static org.catseye.core.access.AccessBench.refused;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertSame;
import static org.junit.Assert.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.access.AccessControl.Login;
import org.catseye.access.AccessException.Reason;
import org.catseye.access.Permission;
import org.catseye.core.access.session.SessionLimits;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

/** New settings of access control, and its stop, while users log in and work. */
public class SettingsChangeTest {

    @Rule
    public final TemporaryFolder folder = new TemporaryFolder();
    private AccessBench bench;
    private Login ann;

    @Before
    public void claim() throws Exception {
        bench = new AccessBench(folder.getRoot().toPath().resolve("access"));
        ann = bench.add("ann", WATCH);
    }

    @After
    public void stop() {
        bench.close();
    }

    private void apply(Duration idle, Duration absolute, Duration proofAge) {
        bench.access.applySettings(new AccessSettings(bench.home, new SessionLimits(idle, absolute), Duration.ofMinutes(1), Duration.ofMinutes(15), proofAge));
    }

    private boolean mayWatch() {
        return bench.access.hasPermission(ann.session(), Permission.VIEW, "bay1");
    }

    @Test
    public void newSettingsEndNoSessionAndCloseNoSocket() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        ann.session().onEnd(ended::incrementAndGet);
        for (int hours = 1; hours < 10; hours++) {
            apply(Duration.ofHours(hours), Duration.ofDays(7), Duration.ofMinutes(15));
            Login again = bench.login("ann", PASSWORD);
            assertSame(again.session(), bench.access.session(again.token()).orElseThrow());
            assertSame(ann.session(), bench.access.session(ann.token()).orElseThrow());
            assertTrue(mayWatch());
        }
        assertEquals(0, ended.get());
    }

    @Test
    public void newLimitsApplyToTheSessionsThatAreOpen() {
        bench.time.pass(Duration.ofHours(2));
        assertTrue(mayWatch());
        apply(Duration.ofHours(1), Duration.ofDays(7), Duration.ofMinutes(15));
        assertFalse("at once, also for a key press", mayWatch());
        assertTrue(bench.access.session(ann.token()).isEmpty());
    }

    @Test
    public void longerLimitsApplyToo() {
        apply(Duration.ofHours(24), Duration.ofDays(7), Duration.ofHours(3));
        bench.time.pass(Duration.ofHours(2));
        assertTrue(bench.access.recentlyProved(ann.session()));
        bench.time.pass(Duration.ofHours(18));
        assertTrue(mayWatch());
        assertFalse(bench.access.recentlyProved(ann.session()));
        apply(Duration.ofHours(24), Duration.ofHours(19), Duration.ofHours(3));
        assertFalse("from the login", mayWatch());
    }

    /** The password takes a while to check. If access control stopped meanwhile, the user got a session that nobody knew. */
    @Test
    public void aLoginDuringTheStopIsRefusedAndNotLost() throws Exception {
        bench.access.stop();
        assertEquals(Reason.UNAVAILABLE, refused(() -> bench.login("ann", PASSWORD)));
        assertFalse("not stored, as the next instance still has it", bench.access.logout(ann.session()));
        bench.start();
        assertTrue(bench.access.session(ann.token()).isPresent());
        assertTrue(bench.login("ann", PASSWORD).session().valid());
    }
}
