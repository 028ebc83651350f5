package org.catseye.web.rest.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.catseye.services.BoundService;
import org.catseye.services.RankedServices;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiServlet;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.AnyService;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The description of this bundle's end points, with the fragments that services declare by {@link TargetResource#OPENAPI}. A fragment adds paths and
 * components; it cannot replace any. A broken fragment is logged and left out. Uses only the properties of the services. Thread-safe.
 */
@Component(service = ApiDescription.class)
public final class ApiDescription {

    static final int MAX_FRAGMENT_BYTES = 256 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(ApiDescription.class);

    private final RankedServices<JsonNode> fragments = new RankedServices<>();
    /** Counts the changes of {@link #fragments}. */
    private final AtomicInteger changes = new AtomicInteger();
    private volatile Merged merged = new Merged(-1, new byte[0]);

    /** @param changes when the merge began: fragments that came during it make it out of date */
    private record Merged(int changes, byte[] json) {
    }

    @Reference(service = AnyService.class, target = "(" + TargetResource.OPENAPI + "=*)", cardinality = ReferenceCardinality.MULTIPLE,
            policy = ReferencePolicy.DYNAMIC, updated = "addFragment")
    void addFragment(ServiceReference<?> reference) {
        Object path = reference.getProperty(TargetResource.OPENAPI);
        try {
            fragments.add(reference, readFragment(reference.getBundle(), path));
        } catch (IOException | RuntimeException e) {
            fragments.remove(reference);
            LOG.warn("The API description {} of {} is left out: {}", path, reference, e.getMessage());
        }
        changes.incrementAndGet();
    }

    void removeFragment(ServiceReference<?> reference) {
        fragments.remove(reference);
        changes.incrementAndGet();
    }

    /** JSON in UTF-8; not to be changed. */
    byte[] toJson() throws IOException {
        Merged current = merged;
        int before = changes.get();
        if (current.changes() != before) {
            current = new Merged(before, ApiServlet.JSON.writeValueAsBytes(mergeFragments()));
            merged = current;
        }
        return current.json();
    }

    private static JsonNode readFragment(Bundle bundle, Object path) throws IOException {
        URL file = bundle != null && path instanceof String text ? bundle.getEntry(text) : null;
        if (file == null) {
            throw new IOException("the bundle has no such file");
        }
        byte[] content;
        try (InputStream in = file.openStream()) {
            content = in.readNBytes(MAX_FRAGMENT_BYTES + 1);
        }
        if (content.length > MAX_FRAGMENT_BYTES) {
            throw new IOException("the file has more than " + MAX_FRAGMENT_BYTES + " bytes");
        }
        JsonNode fragment = ApiServlet.JSON.readTree(content);
        if (!fragment.path("paths").isObject()) {
            throw new IOException("the file has no object \"paths\"");
        }
        return fragment;
    }

    private ObjectNode mergeFragments() throws IOException {
        ObjectNode description;
        try (InputStream own = ApiDescription.class.getResourceAsStream("openapi.json")) {
            description = (ObjectNode) ApiServlet.JSON.readTree(own);
        }
        for (BoundService<JsonNode> bound : fragments.listServices()) {
            addMissing(description.withObject("/paths"), bound.service().path("paths"));
            for (Map.Entry<String, JsonNode> section : bound.service().path("components").properties()) {
                addMissing(description.withObject("/components").withObjectProperty(section.getKey()), section.getValue());
            }
        }
        return description;
    }

    private static void addMissing(ObjectNode to, JsonNode from) {
        for (Map.Entry<String, JsonNode> entry : from.properties()) {
            JsonNode present = to.get(entry.getKey());
            if (present == null) {
                to.set(entry.getKey(), entry.getValue());
            } else if (!present.equals(entry.getValue())) {
                LOG.warn("The API description has two entries {}; the one of the best service counts", entry.getKey());
            }
        }
    }
}
