package org.catseye.itest;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The product while it runs: its address, its bundles, and waiting for something to become true. */
final class Running {

    private static final long PATIENCE_SECONDS = 20;

    private final BundleContext context;

    Running(BundleContext context) {
        this.context = context;
    }

    /** A client that is logged in, once the product is ready. */
    Client client() throws Exception {
        String origin = await("an HTTP end point", this::origin);
        Client client = new Client(origin);
        await("/api/v1/health says 200", () -> client.send("GET", "/api/v1/health", "").statusCode() == 200 ? "ready" : null);
        return client.login(Product.PASSWORD);
    }

    /** The HTTP address. */
    String plainOrigin() throws Exception {
        return await("an HTTP end point", this::origin);
    }

    Bundle bundle(String name) {
        return Arrays.stream(context.getBundles()).filter(bundle -> name.equals(bundle.getSymbolicName())).findFirst()
                .orElseThrow(() -> new AssertionError("no bundle " + name));
    }

    /** As the console's and the drop folder's update do: stop, new content, start. */
    void update(String name) throws BundleException, IOException {
        Bundle bundle = bundle(name);
        try (InputStream same = URI.create(bundle.getLocation()).toURL().openStream()) {
            bundle.update(same);
        }
        bundle.start();
    }

    /** Has everyone who is logged in look as if they had proved who they are an hour ago: in the file, while access control is stopped. */
    void ageProofs() throws BundleException, IOException {
        Bundle access = bundle("org.catseye.core.access");
        access.stop();
        Path file = Path.of(context.getProperty("catseye.home"), "access", "sessions.json");
        Files.writeString(file, Files.readString(file).replaceAll("(\"proved\"\\s*:\\s*)\"[^\"]*\"", "$1\"" + Instant.now().minusSeconds(3600) + "\""));
        access.start();
    }

    /** The first value that is not null; fails after twenty seconds. */
    static <T> T await(String what, Callable<T> condition) throws Exception {
        return await(what, condition, PATIENCE_SECONDS);
    }

    /** With another patience, in seconds. */
    static <T> T await(String what, Callable<T> condition, long patience) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        Exception last = null;
        while (System.nanoTime() < end) {
            try {
                T value = condition.call();
                if (value != null) {
                    return value;
                }
                last = null;
            } catch (IOException e) {
                last = e;
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        throw new AssertionError("waited in vain for: " + what, last);
    }

    /** The HTTPS address; the certificate is this home's own. */
    String secureOrigin() throws Exception {
        int port = Integer.parseInt(context.getProperty("catseye.https.port"));
        await("an HTTPS end point", () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket;
            }
        });
        return "https://127.0.0.1:" + port;
    }

    private String origin() throws InvalidSyntaxException {
        ServiceReference<?>[] found = context.getAllServiceReferences("org.osgi.service.servlet.runtime.HttpServiceRuntime", null);
        Object endpoints = found == null ? null : found[0].getProperty("osgi.http.endpoint");
        List<String> all = endpoints instanceof String[] many ? List.of(many)
                : endpoints instanceof Collection<?> many ? many.stream().map(String::valueOf).toList() : List.of();
        return all.stream().filter(one -> one.startsWith("http:")).map(one -> "http://127.0.0.1:" + URI.create(one).getPort())
                .findFirst().orElse(null);
    }
}
