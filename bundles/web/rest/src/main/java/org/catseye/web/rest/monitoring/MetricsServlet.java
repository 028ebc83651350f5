package org.catseye.web.rest.monitoring;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.catseye.hid.HidState;
import org.catseye.web.WebContext;
import org.catseye.web.rest.Targets;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.Endpoints;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardContextSelect;
import org.osgi.service.servlet.whiteboard.propertytypes.HttpWhiteboardServletPattern;

/** Metrics for Prometheus: the targets that the caller may see, the board and the bundles for callers who may see any, and the process. */
@Component(service = Servlet.class)
@HttpWhiteboardServletPattern(Endpoints.METRICS)
@HttpWhiteboardContextSelect(WebContext.SELECT)
public final class MetricsServlet extends ApiServlet {

    private static final long serialVersionUID = 1;

    private final transient Targets targets;
    private final transient CurrentBoard board;
    private final transient BundleMetrics bundles;
    private final transient ProcessMetrics process = new ProcessMetrics();

    @Activate
    public MetricsServlet(@Reference Targets targets, @Reference CurrentBoard board, @Reference BundleMetrics bundles) {
        this.targets = targets;
        this.board = board;
        this.bundles = bundles;
    }

    @Override
    public Map<String, Action> supportedActions() {
        return Map.of("GET", this::reportMetrics);
    }

    private void reportMetrics(HttpServletRequest request, HttpServletResponse response) throws ApiException, IOException {
        PrometheusText text = new PrometheusText();
        List<Targets.View> views = targets.visible(requireSession(request));
        VideoMetrics.addTo(text, views);
        addInput(text, views);
        if (!views.isEmpty()) {
            board.readState().ifPresent(state -> BoardMetrics.addTo(text, state));
            bundles.addTo(text);
        }
        process.addTo(text);
        sendContent(response, 200, "text/plain; version=0.0.4; charset=utf-8", text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void addInput(PrometheusText text, List<Targets.View> views) {
        text.addMetric("catseye_hid_condition", "gauge", "1 for the current condition of the target's keyboard and pointer.");
        for (Targets.View view : views) {
            for (HidState.Condition condition : HidState.Condition.values()) {
                text.addValue("catseye_hid_condition", view.hid().condition() == condition ? 1 : 0, "target", view.id(), "condition", condition.name());
            }
        }
    }
}
