package com.example.hello;

import java.io.IOException;
import org.catseye.access.Permission;
import org.catseye.web.WebContext;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.osgi.service.component.annotations.Component;

/** Greets at /api/v1/targets/{id}/hello, and in a panel of the page. */
@Component(property = {TargetResource.NAME + "=hello", TargetResource.OPENAPI + "=/openapi.json",
        WebContext.PAGE_MODULE + "=/ui/plugins/com.example.hello/panel.js"})
public class Hello implements TargetResource {

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.VIEW;
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        request.response().setContentType("application/json");
        request.response().getOutputStream().print("{\"greeting\":\"Hello from " + request.targetId() + "\"}");
    }
}
