package org.catseye.core.watchdog.owner;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.util.List;
import java.util.Optional;
import org.catseye.core.watchdog.fixture.FakeBundles;
import org.catseye.core.watchdog.fixture.PluginLoader;
import org.junit.Before;
import org.junit.Test;
import org.osgi.framework.Bundle;

public class BundleOwnersTest {

    private static final BundleOwner HUB = new BundleOwner("org.catseye.core.video", false);
    private static final BundleOwner DRIVER = new BundleOwner("com.example", true);

    private final FakeBundles bundles = new FakeBundles();
    private final BundleOwners owners = new BundleOwners(bundles.context());

    @Before
    public void addBundles() {
        owners.setPluginLocations(location -> location.startsWith("drop:"));
        bundles.add(1, HUB.name(), "mvn:video", Bundle.ACTIVE, "org.catseye.core.video", "org.catseye.core.video.hub");
        bundles.add(2, DRIVER.name(), "drop:com.example/x.jar", Bundle.ACTIVE, "com.example", "com.example.inner");
        owners.readBundles();
    }

    @Test
    public void aClassBelongsToTheOnlyBundleWithItsPackage() {
        assertEquals(Optional.of(HUB), owners.findOwner("org.catseye.core.video.hub.Hub"));
        assertEquals(Optional.of(DRIVER), owners.findOwner("com.example.Driver$1"));
        assertEquals(Optional.empty(), owners.findOwner("java.lang.Thread"));
        assertEquals(Optional.empty(), owners.findOwner("Unnamed"));
        bundles.add(3, "com.other", "drop:com.other/y.jar", Bundle.ACTIVE, "com.example.inner");
        owners.readBundles();
        assertEquals("two have it", Optional.empty(), owners.findOwner("com.example.inner.Driver"));
        assertEquals(Optional.of(DRIVER), owners.findOwner("com.example.Driver"));
        bundles.add(3, "com.other", "drop:com.other/y.jar", Bundle.RESOLVED, "com.example.inner");
        owners.readBundles();
        assertEquals("the one that runs", Optional.of(DRIVER), owners.findOwner("com.example.inner.Driver"));
    }

    @Test
    public void onAStackTheInnermostPluginAndTheOutermostBundleAreFound() {
        List<String> stack = List.of("java.lang.Object", "org.catseye.core.video.hub.Hub", "com.example.Driver", "org.catseye.core.video.Loop", "java.lang.Thread");
        assertEquals(Optional.of(DRIVER), owners.findPlugin(stack));
        assertEquals(Optional.of(HUB), owners.findOutermost(stack));
        assertEquals(Optional.empty(), owners.findPlugin(List.of("org.catseye.core.video.Loop")));
    }

    @Test
    public void aStoppedAndARemovedPluginAreRecognized() {
        bundles.add(2, DRIVER.name(), "drop:com.example/x.jar", Bundle.RESOLVED, "com.example");
        owners.readBundles();
        assertEquals(Optional.of(DRIVER), owners.findOwner("com.example.Driver"));
        assertFalse(owners.listRunning().contains(DRIVER));
        assertTrue(owners.isInstalled(DRIVER));
        bundles.remove(2);
        owners.readBundles();
        assertEquals(Optional.of(DRIVER), owners.findOwner("com.example.Driver"));
        assertFalse(owners.isInstalled(DRIVER));
        bundles.remove(1);
        owners.readBundles();
        assertEquals("a bundle of the product is not", Optional.empty(), owners.findOwner("org.catseye.core.video.Loop"));
    }

    @Test
    public void manyRemovedPluginsAreForgottenTheOldestFirst() {
        for (int id = 10; id < 300; id++) {
            bundles.add(id, "p" + id, "drop:p" + id, Bundle.ACTIVE, "p" + id);
            owners.readBundles();
            bundles.remove(id);
        }
        owners.readBundles();
        assertEquals(Optional.empty(), owners.findOwner("p10.Some"));
        assertEquals(Optional.of(new BundleOwner("p299", true)), owners.findOwner("p299.Some"));
    }

    @Test
    public void theContentOfABundleIsReadOnce() {
        int before = bundles.readings();
        owners.readBundles();
        owners.readBundles();
        assertEquals(before, bundles.readings());
    }

    @Test
    public void aClassIsRecognizedByItsLoader() {
        Object code = PluginLoader.load(bundles.add(4, "com.third", "drop:com.third/z.jar", Bundle.ACTIVE));
        assertEquals(Optional.of(new BundleOwner("com.third", true)), owners.findOwner(code.getClass()));
        assertEquals(Optional.of(new BundleOwner("com.third", true)), owners.findOwner(code.getClass().getClassLoader()));
        assertEquals(Optional.empty(), owners.findOwner(String.class));
        assertEquals(Optional.empty(), owners.findOwner((ClassLoader) null));
    }

    @Test
    public void withoutThePartThatOwnsPluginsThereAreNone() {
        BundleOwners alone = new BundleOwners(bundles.context());
        alone.readBundles();
        assertEquals(Optional.of(new BundleOwner("com.example", false)), alone.findOwner("com.example.Driver"));
        alone.setPluginLocations(location -> location.startsWith("drop:"));
        alone.readBundles();
        assertEquals("as soon as it is there", Optional.of(DRIVER), alone.findOwner("com.example.Driver"));
        assertEquals(Optional.of(DRIVER), alone.findPluginNamed("com.example"));
        assertEquals(Optional.empty(), alone.findPluginNamed("org.catseye.core.video"));
        bundles.add(90, "com.example.late", "drop:com.example.late/late.jar", Bundle.ACTIVE);
        assertEquals("before the next look", Optional.of(new BundleOwner("com.example.late", true)), alone.findPluginNamed("com.example.late"));
    }
}
