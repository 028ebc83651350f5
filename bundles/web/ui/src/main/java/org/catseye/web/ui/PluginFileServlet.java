package org.catseye.web.ui;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.catseye.web.WebContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Serves the page modules of plug-ins and their other files from the folder {@value Assets#FOLDER} of their bundles. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(WebContext.PLUGIN_FILES + "*")
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class PluginFileServlet extends AssetServlet {

    private static final long serialVersionUID = 1;

    private final transient PageModules modules;

    @Activate
    public PluginFileServlet(@Reference PageModules modules) {
        this.modules = modules;
    }

    @Override
    Optional<Asset> findAsset(String path, HttpServletResponse response) {
        return modules.findFile(path);
    }
}
