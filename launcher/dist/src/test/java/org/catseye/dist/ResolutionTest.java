package org.catseye.dist;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import aQute.bnd.build.model.EE;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import aQute.bnd.osgi.Domain;
import aQute.bnd.osgi.repository.ResourcesRepository;
import aQute.bnd.osgi.resource.ResourceBuilder;
import aQute.bnd.osgi.resource.ResourceUtils;
import biz.aQute.resolve.AbstractResolveContext;
import biz.aQute.resolve.ResolverLogger;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.felix.resolver.Logger;
import org.apache.felix.resolver.ResolverImpl;
import org.junit.Test;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;
import org.osgi.service.resolver.ResolutionException;

/** What bnd's resolver says of the features: everything that a bundle requires of others is there, in each combination with the base. */
public class ResolutionTest {

    private static final Path DIST = Path.of(System.getProperty("catseye.dist"));
    /** As the launcher exports it from its own class path. */
    private static final String LAUNCHER_PACKAGES = "org.slf4j;version=2.0.20,org.slf4j.event;version=2.0.20,org.slf4j.helpers;version=2.0.20,"
            + "org.slf4j.spi;version=2.0.20,org.slf4j;version=1.7.36,org.slf4j.helpers;version=1.7.36";

    /** Each jar is read once: its classes are scanned for that. */
    private static final Map<Path, Resource> RESOURCES = new HashMap<>();
    private static final int MAX_MESSAGE_LENGTH = 900;

    @Test
    public void theBaseIsComplete() throws Exception {
        assertResolves(List.of("base"));
    }

    @Test
    public void eachFeatureIsCompleteOnTopOfTheBase() throws Exception {
        Set<String> names = featureNames();
        assertTrue(names.toString(), names.size() >= 8);
        names.remove("base");
        for (String name : names) {
            assertResolves(List.of("base", name));
        }
    }

    @Test
    public void allFeaturesTogetherAreComplete() throws Exception {
        assertResolves(List.copyOf(featureNames()));
    }

    @Test
    public void aMissingBundleIsNamed() throws Exception {
        List<Path> jars = new ArrayList<>(findJars(List.of("base")));
        jars.removeIf(jar -> jar.toString().contains("org.catseye.api"));
        String message = explainFailure(jars);
        assertTrue(message, message.contains("missing requirement osgi.wiring.package") && message.contains("osgi.wiring.package=org.catseye."));
    }

    private static void assertResolves(List<String> features) throws Exception {
        assertEquals(features.toString(), "", explainFailure(findJars(features)));
    }

    private static Resource readResource(Path jar) {
        try {
            ResourceBuilder builder = new ResourceBuilder();
            assertTrue(jar + " is no bundle", builder.addFile(jar.toFile(), jar.toUri()));
            return builder.build();
        } catch (Exception e) {
            throw new AssertionError(jar + " cannot be read", e);
        }
    }

    /** Empty when everything resolves. */
    private static String explainFailure(List<Path> jars) throws Exception {
        List<Resource> resources = new ArrayList<>();
        List<Requirement> wanted = new ArrayList<>();
        for (Path jar : jars) {
            Resource resource = RESOURCES.computeIfAbsent(jar, ResolutionTest::readResource);
            resources.add(resource);
            wanted.add(AbstractResolveContext.createIdentityRequirement(ResourceUtils.getIdentity(resource), "["
                    + ResourceUtils.getVersion(resource) + "," + ResourceUtils.getVersion(resource) + "]"));
        }
        try (ResolverLogger log = new ResolverLogger(0)) {
            FeatureContext context = new FeatureContext(log, resources, wanted);
            new ResolverImpl(new Logger(0)).resolve(context);
            return "";
        } catch (ResolutionException e) {
            return describeChain(e);
        }
    }

    /** The message names the whole chain, from the list of all bundles to the requirement without a provider; the end is what matters. */
    private static String describeChain(ResolutionException e) {
        String message = String.valueOf(e.getMessage());
        return message.substring(Math.max(0, message.length() - MAX_MESSAGE_LENGTH));
    }

    private static Set<String> featureNames() throws Exception {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(DIST.resolve("features"), "*.json")) {
            files.forEach(file -> names.add(file.getFileName().toString().replace(".json", "")));
        }
        return names;
    }

    private static List<Path> findJars(List<String> features) throws Exception {
        Set<Path> jars = new LinkedHashSet<>();
        for (String feature : features) {
            new ObjectMapper().readTree(DIST.resolve("features").resolve(feature + ".json").toFile()).get("bundles")
                    .forEach(bundle -> jars.add(DIST.resolve("repository").resolve(DistributionTest.path(bundle.get("id").asText()))));
        }
        return List.copyOf(jars);
    }

    /** The bundles of some features, on Felix and Java 17. */
    private static final class FeatureContext extends AbstractResolveContext {
        FeatureContext(ResolverLogger log, List<Resource> resources, List<Requirement> wanted) throws Exception {
            super(log);
            addRepository(new ResourcesRepository(resources));
            ResourceBuilder system = new ResourceBuilder();
            system.addManifest(Domain.domain(DIST.resolve("lib/org.apache.felix.framework.jar").toFile()));
            system.addEE(EE.JavaSE_17);
            system.addExportPackages(new Parameters(EE.JavaSE_17.getPackages()));
            system.addExportPackages(OSGiHeader.parseHeader(LAUNCHER_PACKAGES));
            for (String processor : List.of("aarch64", "x86-64")) {
                system.addProvideCapabilities("osgi.native;osgi.native.osname=Linux;osgi.native.processor=" + processor);
            }
            // The launcher registers it: FeatureSwitch.
            system.addProvideCapabilities("osgi.service;objectClass:List<String>=\"java.util.function.BiFunction\";effective:=active");
            setSystemResource(system.build());
            setInputRequirements(wanted.toArray(Requirement[]::new));
            addEffectiveDirective("resolve");
            addEffectiveDirective("active");
            init();
        }
    }
}
