package org.catseye.core.deploy.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import org.catseye.core.deploy.jar.JarContent;
import org.catseye.core.deploy.signature.JarSignature;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class StagedPlansTest {

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Instant now = Instant.EPOCH;
    private Path folder;
    private StagedPlans plans;

    @Before
    public void createPlans() {
        folder = temporary.getRoot().toPath().resolve("staged");
        plans = new StagedPlans(folder, new Clock() {
            @Override
            public ZoneId getZone() {
                throw new UnsupportedOperationException();
            }

            @Override
            public Clock withZone(ZoneId zone) {
                throw new UnsupportedOperationException();
            }

            @Override
            public Instant instant() {
                return now;
            }
        });
    }

    private String add() throws Exception {
        return plans.addJar(new ByteArrayInputStream(new byte[] {1}), StagedPlansTest::makePlan).id();
    }

    private static StagedPlan makePlan(String id, Instant expires, Path jar) {
        PluginDescription plugin = new PluginDescription("a", "a", "1.0.0", "", "", Optional.empty(), Signature.NONE);
        return new StagedPlan(new PluginPlan(id, expires, "a.jar", plugin, PluginPlan.Kind.INSTALL, Optional.empty(), List.of(), List.of(), List.of(), List.of(), List.of()), jar,
                new JarContent(new Attributes(), ""), JarSignature.NONE, Optional.empty());
    }

    private int countFiles() {
        return Optional.ofNullable(folder.toFile().list()).orElse(new String[0]).length;
    }

    private static Reason reasonOf(ThrowingCall call) {
        return assertThrows(PluginException.class, call::run).reason();
    }

    private interface ThrowingCall {
        void run() throws Exception;
    }

    @Test
    public void aPlanExpiresAfterTenMinutesWithItsFile() throws Exception {
        String id = add();
        now = now.plusSeconds(599);
        assertEquals(id, plans.findPlan(id).id());
        now = now.plusSeconds(1);
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> plans.findPlan(id)));
        assertEquals(0, countFiles());
    }

    @Test
    public void thereAreTenPlansAtMost() throws Exception {
        String first = add();
        for (int i = 1; i < StagedPlans.MAX_PLANS; i++) {
            add();
        }
        assertEquals(Reason.TOO_MANY, reasonOf(this::add));
        assertEquals(10, countFiles());
        plans.discard(first);
        add();
        assertEquals(Reason.NOT_FOUND, reasonOf(() -> plans.discard(first)));
    }

    @Test
    public void aFileThatIsTooLargeOrBreaksOffLeavesNothing() throws Exception {
        assertEquals(Reason.TOO_LARGE, reasonOf(() -> plans.addJar(new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] buffer, int from, int count) {
                Arrays.fill(buffer, from, from + count, (byte) 0);
                return count;
            }
        }, StagedPlansTest::makePlan)));
        assertThrows(IOException.class, () -> plans.addJar(new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the client has gone");
            }
        }, StagedPlansTest::makePlan));
        assertEquals(0, countFiles());
        for (int i = 0; i < StagedPlans.MAX_PLANS; i++) {
            add();
        }
    }

    @Test
    public void plansOfAnEarlierRunAreDeleted() throws Exception {
        add();
        createPlans();
        plans.deleteLeftovers();
        assertEquals(0, countFiles());
    }

    @Test
    public void expiredPlansAreDeletedWithoutANewOne() throws Exception {
        add();
        now = now.plusSeconds(600);
        plans.deleteExpired();
        assertEquals(0, countFiles());
    }

    @Test
    public void aPlanThatIsAppliedKeepsItsFileUntilTheEnd() throws Exception {
        String id = add();
        plans.usePlan(id, () -> {
            now = now.plusSeconds(600);
            plans.deleteExpired();
            assertEquals(Reason.NOT_FOUND, reasonOf(() -> plans.discard(id)));
            assertEquals(Reason.NOT_FOUND, reasonOf(() -> plans.usePlan(id, () -> null)));
            assertEquals(1, countFiles());
            return null;
        });
        assertEquals(0, countFiles());
        String second = add();
        assertEquals(Reason.FAILED, reasonOf(() -> plans.usePlan(second, () -> {
            throw new PluginException(Reason.FAILED, "The disk is full.");
        })));
        assertEquals("it can be applied again", second, plans.findPlan(second).id());
    }

    @Test
    public void aDiskThatIsFullIsNotTheFaultOfTheClient() throws Exception {
        Files.createFile(folder);
        PluginException problem = assertThrows(PluginException.class, this::add);
        assertEquals(Reason.FAILED, problem.reason());
        assertTrue(problem.getMessage(), problem.getMessage().startsWith("The file could not be stored"));
    }
}
