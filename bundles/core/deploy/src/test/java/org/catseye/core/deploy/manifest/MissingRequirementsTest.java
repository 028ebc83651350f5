package org.catseye.core.deploy.manifest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.catseye.core.deploy.fixture.TestJar;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.osgi.framework.Bundle;
import org.osgi.framework.launch.Framework;

/** In a real framework with one bundle. */
public class MissingRequirementsTest {

    @Rule
    public final TemporaryFolder temporary = new TemporaryFolder();
    private Framework framework;

    @Before
    public void boot() throws Exception {
        framework = new FrameworkFactory().newFramework(Map.of("org.osgi.framework.storage", temporary.getRoot().toString()));
        framework.start();
        Bundle lib = framework.getBundleContext().installBundle("lib", new ByteArrayInputStream(TestJar.bundle("lib", "2.0.0",
                Map.of("Export-Package", "x.lib;y.lib;version=\"1.5\"", "Provide-Capability", "x.cap;level:Long=3"))));
        lib.start();
        framework.getBundleContext().installBundle("unresolved", new ByteArrayInputStream(TestJar.bundle("unresolved", "1.0.0",
                Map.of("Import-Package", "x.missing", "Export-Package", "x.unresolved"))));
    }

    @After
    public void stop() throws Exception {
        framework.stop();
        framework.waitForStop(5_000);
    }

    private List<String> findMissing(String... headers) {
        return new MissingRequirements(Arrays.stream(framework.getBundleContext().getBundles()))
                .findMissing(name -> headers[0].equals(name) ? headers[1] : headers.length > 2 && headers[2].equals(name) ? headers[3] : "");
    }

    @Test
    public void packagesAreFoundByNameAndVersion() {
        assertEquals(List.of(), findMissing("Import-Package", "x.lib;version=\"[1.5,2)\", y.lib, org.osgi.framework;version=\"[1.9,2)\", x.optional;resolution:=optional"));
        assertEquals(List.of("No bundle provides the package x.lib in the version [2.0.0,3.0.0); there is 1.5.0.", "No bundle provides the package x.none.",
                "No bundle provides the package x.unresolved."), findMissing("Import-Package", "x.unresolved, x.lib;version=\"[2,3)\", x.none"));
        assertEquals("its own", List.of(), findMissing("Import-Package", "x.own", "Export-Package", "x.own"));
    }

    @Test
    public void bundlesAndHostsAreFoundByNameAndVersion() {
        assertEquals(List.of(), findMissing("Require-Bundle", "lib;bundle-version=2"));
        assertEquals(List.of("It needs the bundle lib in the version 3.0.0; there is 2.0.0."), findMissing("Require-Bundle", "lib;bundle-version=3"));
        assertEquals(List.of("It extends the bundle none, which is not there."), findMissing("Fragment-Host", "none"));
    }

    @Test
    public void capabilitiesAreFoundByTheirFilters() {
        assertEquals(List.of(), findMissing("Require-Capability", "x.cap;filter:=\"(level>=3)\", osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=17))\","
                + "osgi.service;filter:=\"(objectClass=none)\";effective:=active, x.none;resolution:=optional"));
        assertEquals(List.of("No bundle provides what it requires: osgi.ee (&(osgi.ee=JavaSE)(version=99))."),
                findMissing("Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""));
        assertEquals("its own", List.of(), findMissing("Require-Capability", "x.own;filter:=\"(a=1)\"", "Provide-Capability", "x.own;a=1"));
    }

    @Test
    public void malformedHeadersAreReported() {
        assertThrows(IllegalArgumentException.class, () -> findMissing("Import-Package", "x.lib;version=\"[\""));
        assertThrows(IllegalArgumentException.class, () -> findMissing("Require-Capability", "x.cap;filter:=\"(\""));
    }
}
