package org.catseye.core.deploy.plugin;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catseye.core.deploy.fixture.JarEdit;
import org.catseye.core.deploy.fixture.TestJar;
import org.catseye.core.deploy.fixture.TestMaker;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.PluginDescription.Signature.Kind;
import org.catseye.plugins.PluginException;
import org.catseye.plugins.PluginException.Reason;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginPlan.Concern;
import org.catseye.plugins.PluginPlan.ConcernKind;
import org.catseye.plugins.PluginResult.Outcome;
import org.catseye.plugins.PluginState;
import org.catseye.plugins.makers.Maker;
import org.catseye.plugins.makers.Makers;
import org.junit.Before;
import org.junit.Test;

/** What the signature of a jar decides. */
public class PluginTrustTest extends PluginFramework {

    private static final TestMaker MAKER = TestMaker.create("CN=Maker A");
    private static final TestMaker OTHER = TestMaker.create("CN=Maker B");
    private static final Concern UNTRUSTED = new Concern(ConcernKind.UNTRUSTED, "");
    private static final Concern CHANGED_MAKER = new Concern(ConcernKind.CHANGED_MAKER, "CN=Maker A");

    private Makers makers;

    @Before
    public void openMakers() {
        makers = new MakerAdministration(dropFolder, runner);
    }

    private static byte[] jar(String version, String... permissions) throws Exception {
        return TestJar.bundle("a", version, permissions.length == 0 ? Map.of() : Map.of("Catseye-Permissions", permissions[0]));
    }

    private Maker trust(TestMaker maker) throws Exception {
        return makers.addMaker(ANN, maker.pem());
    }

    private void installTrusted(byte[] jar) throws Exception {
        PluginPlan plan = plan(jar);
        assertEquals(List.of(), plan.concerns());
        assertEquals(Outcome.KEPT, plugins.applyPlan(ANN, plan.id(), false).outcome());
    }

    private PluginException refusal(PluginPlan plan, boolean consent) {
        return assertThrows(PluginException.class, () -> plugins.applyPlan(ANN, plan.id(), consent));
    }

    private String lastLine() {
        return audit.lines().get(audit.lines().size() - 1);
    }

    @Test
    public void anUntrustedJarNeedsConsent() throws Exception {
        for (byte[] jar : List.of(jar("1.0.0"), MAKER.sign(jar("1.0.0")))) {
            PluginPlan plan = plan(jar);
            assertEquals(List.of(UNTRUSTED), plan.concerns());
            assertTrue("it can be applied with consent", plan.isApplicable());
            PluginException refused = refusal(plan, false);
            assertEquals(Reason.CONSENT_REQUIRED, refused.reason());
            assertEquals("No trusted maker has signed this file. Install it only if you agree to that.", refused.getMessage());
            assertEquals(List.of(), plugins.listPlugins());
            assertTrue(lastLine(), lastLine().contains("agreed=none") && lastLine().contains("result=No trusted maker"));
        }
        installWell(jar("1.0.0"));
        assertEquals(Kind.UNSIGNED, plugin("a").description().signature().kind());
        installWell(MAKER.sign(jar("2.0.0")));
        assertEquals(Kind.UNKNOWN, plugin("a").description().signature().kind());
        assertEquals("CN=Maker A", plugin("a").description().signature().signer().name());
        assertTrue(lastLine(), lastLine().contains("agreed=UNTRUSTED") && lastLine().contains("signature=UNKNOWN"));
    }

    @Test
    public void aJarOfATrustedMakerNeedsNone() throws Exception {
        Maker maker = trust(MAKER);
        installTrusted(MAKER.sign(jar("1.0.0")));
        Plugin plugin = plugin("a");
        assertEquals(Kind.TRUSTED, plugin.description().signature().kind());
        assertEquals(maker.id(), plugin.description().signature().maker().fingerprint());
        assertTrue(lastLine(), lastLine().contains("agreed=none") && lastLine().contains("signature=TRUSTED"));
        makers.removeMaker(ANN, maker.id());
        assertEquals("it keeps running", PluginState.RUNNING, plugin("a").state());
        assertEquals(Kind.UNKNOWN, plugin("a").description().signature().kind());
        assertEquals(List.of("maker.trusted ann 192.0.2.1 {maker=CN=Maker A, sha256=" + maker.id() + "}", "maker.removed ann 192.0.2.1 {maker=CN=Maker A, sha256=" + maker.id() + "}"),
                audit.lines().stream().filter(line -> line.startsWith("maker.")).toList());
    }

    @Test
    public void aPlanFollowsTheListOfMakers() throws Exception {
        PluginPlan plan = plan(MAKER.sign(jar("1.0.0")));
        Maker maker = makers.addMaker(ANN, plan.plugin().signature().certificate());
        PluginPlan trusted = plugins.findPlan(plan.id());
        assertEquals(Kind.TRUSTED, trusted.plugin().signature().kind());
        assertEquals(List.of(), trusted.concerns());
        makers.removeMaker(ANN, maker.id());
        assertEquals("the user has not seen this", Reason.CONFLICT, refusal(plan, true).reason());
        assertEquals(List.of(UNTRUSTED), plugins.findPlan(plan.id()).concerns());
        assertEquals(Outcome.KEPT, plugins.applyPlan(ANN, plan.id(), true).outcome());
    }

    @Test
    public void aDamagedJarCannotBeApplied() throws Exception {
        trust(MAKER);
        PluginPlan plan = plan(JarEdit.open(MAKER.sign(jar("1.0.0"))).put("Evil.class", "evil").write());
        assertEquals(Kind.DAMAGED, plan.plugin().signature().kind());
        assertEquals(List.of("The signature of the file does not match the file: it is signed, but its file Evil.class is not."), plan.problems());
        assertEquals(Reason.CONFLICT, refusal(plan, true).reason());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    public void anotherMakerNeedsConsentEvenIfTrusted() throws Exception {
        Maker maker = trust(MAKER);
        trust(OTHER);
        installTrusted(MAKER.sign(jar("1.0.0")));
        installTrusted(MAKER.sign(jar("1.1.0")));
        assertEquals(List.of(CHANGED_MAKER), plan(OTHER.sign(jar("2.0.0"))).concerns());
        assertEquals(List.of(UNTRUSTED, CHANGED_MAKER), plan(jar("2.0.0")).concerns());
        byte[] ofBoth = OTHER.sign(MAKER.sign(jar("1.2.0")), "OTHER", "SHA-256", Optional.empty());
        installTrusted(ofBoth);
        installTrusted(MAKER.sign(OTHER.sign(jar("1.3.0")), "MAKER", "SHA-256", Optional.empty()));
        assertEquals("the maker stays the same until the user agrees", List.of(CHANGED_MAKER), plan(OTHER.sign(jar("2.0.0"))).concerns());
        makers.removeMaker(ANN, maker.id());
        assertEquals("remembered", List.of(CHANGED_MAKER), plan(OTHER.sign(jar("2.0.0"))).concerns());
        assertEquals("not trusted any more, but the same", List.of(UNTRUSTED), plan(MAKER.sign(jar("2.0.0"))).concerns());
        PluginPlan plan = plan(OTHER.sign(jar("2.0.0")));
        assertEquals("The version before was signed by the trusted maker CN=Maker A, and this one is not. Install it only if you agree to that.", refusal(plan, false).getMessage());
        assertEquals(Outcome.KEPT, plugins.applyPlan(ANN, plan.id(), true).outcome());
        installTrusted(OTHER.sign(jar("3.0.0")));
    }

    @Test
    public void morePermissionsNeedConsent() throws Exception {
        trust(MAKER);
        installTrusted(MAKER.sign(jar("1.0.0", "devices")));
        installTrusted(MAKER.sign(jar("1.1.0", "devices")));
        PluginPlan plan = plan(MAKER.sign(jar("2.0.0", "devices, exec, network")));
        assertEquals(List.of(new Concern(ConcernKind.NEW_PERMISSIONS, "exec, network")), plan.concerns());
        assertEquals(Reason.CONSENT_REQUIRED, refusal(plan, false).reason());
        PluginPlan silent = plan(MAKER.sign(jar("2.0.0")));
        assertEquals("no declaration says less than before", List.of(new Concern(ConcernKind.NEW_PERMISSIONS, "")), silent.concerns());
        assertEquals(Outcome.KEPT, plugins.applyPlan(ANN, plan.id(), true).outcome());
        installTrusted(MAKER.sign(jar("3.0.0", "exec")));
    }

    @Test
    public void anOlderVersionIsRefusedAndCanOnlyBeRestored() throws Exception {
        trust(MAKER);
        byte[] old = MAKER.sign(jar("1.0.0"));
        installTrusted(old);
        installTrusted(MAKER.sign(jar("2.0.0")));
        assertTrue(plan(old).problems().toString(), plan(old).problems().get(0).startsWith("This version is older than the installed one."));
        assertEquals(Outcome.KEPT, plugins.restoreVersion(ANN, "a", "1.0.0").outcome());
        assertTrue("the highest that ran", plan(MAKER.sign(jar("1.5.0"))).problems().get(0).startsWith("This version is older than 2.0.0, which ran before."));
        installTrusted(MAKER.sign(jar("2.0.1")));
        plugins.removePlugin(ANN, "a", false);
        restart(() -> folder);
        openMakers();
        PluginPlan again = plan(old);
        assertEquals(List.of(), again.problems());
        assertEquals(List.of(new Concern(ConcernKind.OLDER_VERSION, "2.0.1")), again.concerns());
        assertEquals(Reason.CONSENT_REQUIRED, refusal(again, false).reason());
        assertEquals(Outcome.KEPT, plugins.applyPlan(ANN, again.id(), true).outcome());
    }

    @Test
    public void aVersionThatWasRolledBackDoesNotCountAsOneThatRan() throws Exception {
        installWell(jar("1.0.0"));
        assertEquals(Outcome.ROLLED_BACK, install(TestJar.bundle("a", "9.0.0", Map.of("Bundle-Activator", "x.Missing"))).outcome());
        installWell(jar("2.0.0"));
    }

    @Test
    public void jarsInTheDropFolderAreAcceptedWithTheirStateUnlessDamaged() throws Exception {
        trust(MAKER);
        Files.write(folder.resolve("unsigned.jar"), TestJar.bundle("unsigned", "1.0.0", Map.of()));
        Files.write(folder.resolve("unknown.jar"), OTHER.sign(TestJar.bundle("unknown", "1.0.0", Map.of())));
        Files.write(folder.resolve("trusted.jar"), MAKER.sign(TestJar.bundle("trusted", "1.0.0", Map.of())));
        Files.write(folder.resolve("damaged.jar"), JarEdit.open(MAKER.sign(TestJar.bundle("damaged", "1.0.0", Map.of()))).put("Evil.class", "evil").write());
        for (String running : List.of("unsigned", "unknown", "trusted")) {
            awaitState(running, PluginState.RUNNING);
        }
        awaitState("damaged.jar", PluginState.REFUSED);
        assertEquals("It is signed, but its file Evil.class is not.", plugin("damaged.jar").reason());
        assertEquals(Map.of("unsigned", Kind.UNSIGNED, "unknown", Kind.UNKNOWN, "trusted", Kind.TRUSTED, "damaged.jar", Kind.DAMAGED), plugins.listPlugins().stream()
                .collect(Collectors.toMap(plugin -> plugin.description().id(), plugin -> plugin.description().signature().kind())));
        await("its version is recorded", () -> dropFolder.changes().history().findHighestVersion("unsigned").isPresent());
        Files.delete(folder.resolve("unsigned.jar"));
        await("it is removed", () -> plugins.listPlugins().stream().noneMatch(plugin -> plugin.description().id().equals("unsigned")));
        assertTrue(plan(TestJar.bundle("unsigned", "0.9.0", Map.of())).concerns().contains(new Concern(ConcernKind.OLDER_VERSION, "1.0.0")));
    }

    @Test
    public void theFileOfAPlanMustNotChangeAfterItWasVerified() throws Exception {
        trust(MAKER);
        PluginPlan plan = plan(MAKER.sign(jar("1.0.0")));
        Files.write(temporary.getRoot().toPath().resolve("plugins/staged/" + plan.id() + ".jar"), jar("1.0.0"));
        assertEquals("The file of the plan was changed. Send it again.", refusal(plan, true).getMessage());
        assertEquals(0, folder.toFile().list().length);
    }

    @Test
    public void aKeptVersionThatWasDamagedIsNotRestored() throws Exception {
        installWell(MAKER.sign(jar("1.0.0")));
        installWell(MAKER.sign(jar("2.0.0")));
        try (var kept = Files.list(temporary.getRoot().toPath().resolve("plugins/previous/a"))) {
            Files.write(kept.findFirst().orElseThrow(), JarEdit.open(MAKER.sign(jar("1.0.0"))).put("Evil.class", "evil").write());
        }
        assertEquals(Reason.UNUSABLE, assertThrows(PluginException.class, () -> plugins.restoreVersion(ANN, "a", "1.0.0")).reason());
        assertEquals("2.0.0", plugin("a").description().version());
    }
}
