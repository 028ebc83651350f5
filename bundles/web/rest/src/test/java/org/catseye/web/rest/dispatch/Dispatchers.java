package org.catseye.web.rest.dispatch;

import java.util.Map;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.Wired;
import org.osgi.framework.Constants;

/** The dispatcher in front of resources, for tests of these. */
public final class Dispatchers {

    private Dispatchers() {
    }

    public static TargetServlet withResource(Wired wired, String name, TargetResource resource) {
        TargetResources resources = new TargetResources();
        resources.addResource(resource, Map.of(TargetResource.NAME, name, Constants.SERVICE_ID, 1L));
        return new TargetServlet(wired.access, wired.targets, resources);
    }
}
