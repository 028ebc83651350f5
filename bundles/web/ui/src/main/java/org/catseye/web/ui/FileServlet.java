package org.catseye.web.ui;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import org.catseye.web.WebContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Serves the login, setup, settings, plug-in and confirmation pages and all files that the pages load. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern({"/login", "/setup", "/settings", "/plugins", WebContext.PROOF_PAGE, "/favicon.ico", "/ui/*"})
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class FileServlet extends AssetServlet {

    private static final long serialVersionUID = 1;
    private static final String FILES = "/ui/";
    private static final Map<String, String> PAGES = Map.of("/login", "login.html", "/setup", "setup.html", "/settings", "settings.html",
            "/plugins", "plugins.html", WebContext.PROOF_PAGE, "confirm.html", "/favicon.ico", "public/icon.svg");

    private final transient Assets assets;

    @Activate
    public FileServlet(@Reference Assets assets) {
        this.assets = assets;
    }

    @Override
    Optional<Asset> findAsset(String path, HttpServletResponse response) {
        if (PAGES.containsKey(path)) {
            return assets.findAsset(PAGES.get(path));
        }
        // Each page has a single address, because only the address of the console fills in the import map.
        return path.startsWith(FILES) && !path.endsWith(".html") ? assets.findAsset(path.substring(FILES.length())) : Optional.empty();
    }
}
