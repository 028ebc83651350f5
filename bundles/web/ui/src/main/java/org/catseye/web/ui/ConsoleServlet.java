package org.catseye.web.ui;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.catseye.web.WebContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.HttpWhiteboardConstants;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletName;

/**
 * Serves the console page at the root. The empty pattern matches only the root; a wildcard would also match the web console. It
 * is set as a property, because Declarative Services skips an empty entry in a list of patterns.
 */
@Component(service = Servlet.class, property = HttpWhiteboardConstants.HTTP_WHITEBOARD_SERVLET_PATTERN + "=")
@HttpWhiteboardServletName(WebContext.PAGE)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class ConsoleServlet extends AssetServlet {

    private static final long serialVersionUID = 1;
    private static final String POLICY = "Content-Security-Policy";

    private final transient Assets assets;
    private final transient PageModules modules;

    @Activate
    public ConsoleServlet(@Reference Assets assets, @Reference PageModules modules) {
        this.assets = assets;
        this.modules = modules;
    }

    @Override
    Optional<Asset> findAsset(String path, HttpServletResponse response) {
        response.setHeader(POLICY, ConsolePage.extendPolicy(response.getHeader(POLICY)));
        return assets.findAsset("index.html").map(template -> ConsolePage.insertModules(template, modules.listModules()));
    }
}
