package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.osgi.service.component.runtime.dto.ComponentDescriptionDTO;
import org.osgi.service.component.runtime.dto.UnsatisfiedReferenceDTO;

/** Everything starts, stops in any order, starts again and leaves nothing behind. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DynamicsIT {

    private static final String TARGET = "/api/v1/targets/default/";

    @Inject
    private BundleContext context;
    @Inject
    private ServiceComponentRuntime components;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target", "health-checks");
    }

    @Test
    public void everyBundleIsActive() throws Exception {
        new Running(context).client();
        List<String> idle = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() != Bundle.ACTIVE && bundle.getHeaders().get("Fragment-Host") == null)
                .map(Bundle::toString).toList();
        assertEquals(List.of(), idle);
    }

    @Test
    public void everyComponentOfOursIsSatisfied() throws Exception {
        new Running(context).client();
        Running.await("all components satisfied, missing: " + missing(), () -> missing().isEmpty() ? "satisfied" : null);
    }

    @Test
    public void stopsInAnyOrderAndComesBack() throws Exception {
        Running running = new Running(context);
        running.client();
        for (long seed = 1; seed <= 4; seed++) {
            List<Bundle> ours = new ArrayList<>(ours());
            Collections.shuffle(ours, new Random(seed));
            Client client = running.client();
            Client.Socket video = client.socket(TARGET + "video", "catseye.video.v1");
            Client.Socket control = client.socket(TARGET + "control", "catseye.control.v1");
            control.say("{\"type\":\"key\",\"code\":\"ShiftLeft\",\"down\":true}");
            for (Bundle bundle : ours) {
                bundle.stop();
            }
            assertTrue("seed " + seed + ": video is closed", video.awaitClosed());
            assertTrue("seed " + seed + ": control is closed", control.awaitClosed());
            long at = seed;
            Running.await("seed " + seed + ": no thread of ours left: " + ourThreads(), () -> ourThreads().isEmpty() ? at : null);
            Collections.shuffle(ours, new Random(-seed));
            for (Bundle bundle : ours) {
                bundle.start();
            }
            Client again = running.client();
            Running.await("seed " + seed + ": a picture", () -> again.bytes(TARGET + "snapshot.jpeg").statusCode() == 200 ? at : null);
        }
    }

    /** Ours but for the contracts, the configuration store (it is there before everything else) and the log. */
    private List<Bundle> ours() {
        Set<String> kept = Set.of("org.catseye.api", "org.catseye.core.config", "org.catseye.core.log");
        return Arrays.stream(context.getBundles())
                .filter(bundle -> String.valueOf(bundle.getSymbolicName()).startsWith("org.catseye."))
                .filter(bundle -> !kept.contains(bundle.getSymbolicName()) && bundle.getHeaders().get("Service-Component") != null)
                .toList();
    }

    private static Set<String> ourThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName)
                .filter(name -> name.matches("(capture|hid|video|channel|control|access|virtual|v4l2)-.*"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Component and what it waits for, in words. */
    private List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (ComponentDescriptionDTO description : components.getComponentDescriptionDTOs()) {
            if (!description.bundle.symbolicName.startsWith("org.catseye.") || description.configurationPolicy.equals("require")) {
                continue;
            }
            for (ComponentConfigurationDTO one : components.getComponentConfigurationDTOs(description)) {
                for (UnsatisfiedReferenceDTO reference : one.unsatisfiedReferences) {
                    // Only the launcher registers it, and there is none here. FeaturesIT uses it with the launcher.
                    if ("(catseye.service=features)".equals(reference.target)) {
                        continue;
                    }
                    missing.add(description.name + " waits for " + reference.name + " " + reference.target);
                }
                if (one.state == ComponentConfigurationDTO.FAILED_ACTIVATION) {
                    missing.add(description.name + " failed: " + one.failure);
                }
            }
        }
        return missing;
    }
}
