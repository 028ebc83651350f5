package org.catseye.web.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The files under {@value #FOLDER} of a bundle. Only existing names are looked up. Thread-safe; caches each requested file. */
@Component(service = Assets.class)
public final class Assets {

    static final String FOLDER = "static/";

    private final Map<String, URL> files;
    private final Map<String, Asset> loaded = new ConcurrentHashMap<>();

    Assets(Map<String, URL> files) {
        this.files = Map.copyOf(files);
    }

    @Activate
    public Assets(BundleContext context) {
        this(listFiles(context.getBundle()));
    }

    static Assets ofBundle(Bundle bundle) {
        return new Assets(listFiles(bundle));
    }

    private static Map<String, URL> listFiles(Bundle bundle) {
        Map<String, URL> files = new TreeMap<>();
        var entries = bundle.findEntries(FOLDER, "*", true);
        for (URL url : entries == null ? Collections.<URL>emptyList() : Collections.list(entries)) {
            String path = url.getPath();
            String name = path.substring(path.indexOf("/" + FOLDER) + 1 + FOLDER.length());
            if (!name.isEmpty() && !name.endsWith("/")) {
                files.put(name, url);
            }
        }
        return files;
    }

    /** @param name below the folder, without a slash at the beginning */
    Optional<Asset> findAsset(String name) {
        URL file = files.get(name);
        return file == null ? Optional.empty() : Optional.of(loaded.computeIfAbsent(name, key -> loadAsset(key, file)));
    }

    private static Asset loadAsset(String name, URL file) {
        try (InputStream content = file.openStream()) {
            return Asset.ofContent(name, content.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the bundle's own file " + name + " cannot be read", e);
        }
    }
}
