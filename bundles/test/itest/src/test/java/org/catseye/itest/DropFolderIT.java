package org.catseye.itest;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;

/** Bundles are dropped into the folder and taken out again, under a connected viewer. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class DropFolderIT {

    private static final String DRIVER = "org.catseye.virtual";
    private static final String TARGET = "/api/v1/targets/default/";

    @Inject
    private BundleContext context;
    private Running running;
    private Client client;
    private Client.Socket video;
    private Path folder;

    @Configuration
    public Option[] config() throws IOException {
        return Product.with("virtual-target");
    }

    @Before
    public void connect() throws Exception {
        running = new Running(context);
        client = running.client();
        video = client.socket(TARGET + "video", "catseye.video.v1");
        folder = Path.of(context.getProperty("catseye.deploy.folder"));
    }

    @After
    public void disconnect() {
        video.close();
    }

    @Test
    public void aNewerDriverTakesThePlaceOfTheOldOneAndGivesItBack() throws Exception {
        Path jar = drop("newer.jar", "99.0.0");
        Running.await("the new one alone", () -> active().equals(List.of("99.0.0")) ? true : null);
        assertPictures();
        Files.delete(jar);
        Running.await("the old one again", () -> active().size() == 1 && !active().contains("99.0.0") ? true : null);
        assertPictures();
    }

    @Test
    public void aDamagedJarHarmsNobody() throws Exception {
        Path jar = folder.resolve("damaged.jar");
        Files.writeString(jar, "this is no jar");
        drop("newer.jar", "99.0.1");
        Running.await("what was dropped after it", () -> active().equals(List.of("99.0.1")) ? true : null);
        Files.delete(jar);
        Files.delete(folder.resolve("newer.jar"));
        Running.await("the old one again", () -> active().size() == 1 && !active().contains("99.0.1") ? true : null);
        assertPictures();
    }

    @Test
    public void aCopyOfThePageServesItWhileItIsThere() throws Exception {
        long modified = page("drop:", false).getLastModified();
        Path copy = Files.copy(Path.of(URI.create(page("drop:", false).getLocation())), folder.resolve("page.jar"));
        Running.await("the copy", () -> page("drop:", true) != null && page("drop:", true).getState() == Bundle.ACTIVE
                && page("drop:", false).getState() == Bundle.RESOLVED ? true : null);
        // A request during the change may still reach the page that stops.
        Running.await("the page of the copy", () -> client.send("GET", "/", "").statusCode() == 200 ? true : null);
        Files.delete(copy);
        Running.await("the page of the product", () -> page("drop:", true) == null && page("drop:", false).getState() == Bundle.ACTIVE ? true : null);
        Running.await("it is served", () -> client.send("GET", "/", "").statusCode() == 200 ? true : null);
        assertEquals("it is the product's, untouched", modified, page("drop:", false).getLastModified());
    }

    private Bundle page(String location, boolean dropped) {
        return Arrays.stream(context.getBundles()).filter(bundle -> "org.catseye.web.ui".equals(bundle.getSymbolicName())
                && bundle.getLocation().startsWith(location) == dropped).findFirst().orElse(null);
    }

    private void assertPictures() throws Exception {
        Running.await("a live picture", () -> client.bytes(TARGET + "snapshot.jpeg").statusCode() == 200 ? true : null);
        assertTrue("the socket stayed open: " + video.closeReason(), video.open());
        Running.await("a frame over it", () -> video.freshFrame());
    }

    private List<String> active() {
        return Arrays.stream(context.getBundles()).filter(bundle -> DRIVER.equals(bundle.getSymbolicName()) && bundle.getState() == Bundle.ACTIVE)
                .map(bundle -> bundle.getVersion().toString()).sorted().toList();
    }

    /** The driver's own jar with another version, put in whole by a rename. */
    private Path drop(String name, String version) throws IOException {
        Path temporary = folder.resolve(name + ".tmp");
        try (JarInputStream in = new JarInputStream(URI.create(driver().getLocation()).toURL().openStream())) {
            Manifest manifest = in.getManifest();
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (OutputStream file = Files.newOutputStream(temporary); JarOutputStream out = new JarOutputStream(file, manifest)) {
                copy(in, out);
            }
        }
        return Files.move(temporary, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    private static void copy(JarInputStream in, JarOutputStream out) throws IOException {
        for (JarEntry entry = in.getNextJarEntry(); entry != null; entry = in.getNextJarEntry()) {
            out.putNextEntry(new JarEntry(entry.getName()));
            ((InputStream) in).transferTo(out);
        }
    }

    private Bundle driver() {
        Bundle[] all = Arrays.stream(context.getBundles())
                .filter(bundle -> DRIVER.equals(bundle.getSymbolicName()) && !bundle.getLocation().startsWith("drop:")).toArray(Bundle[]::new);
        assertEquals("one driver came with the product", 1, all.length);
        return all[0];
    }
}
