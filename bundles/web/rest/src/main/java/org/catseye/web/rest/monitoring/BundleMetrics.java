package org.catseye.web.rest.monitoring;

import java.util.List;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.BundleWatchdog;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What the bundles use, if they are measured. The number of labels is bounded, because a plug-in may have any name. Thread-safe. */
@Component(service = BundleMetrics.class)
public final class BundleMetrics {

    private static final int MAX_BUNDLES = 200;
    private static final int MAX_NAME_CHARS = 100;
    private static final String PREFIX = "catseye_bundle_";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile BundleWatchdog watchdog;

    void addTo(PrometheusText text) {
        BundleWatchdog measuring = watchdog;
        if (measuring == null) {
            return;
        }
        List<BundleHealth> health = measuring.listHealth().stream().limit(MAX_BUNDLES).toList();
        addFigure(text, health, HealthFigure.CPU_TOTAL, "cpu_seconds_total", "counter", "Processor time of a bundle since the watchdog started.");
        addFigure(text, health, HealthFigure.THREADS, "threads", "gauge", "Threads of a bundle.");
        addFigure(text, health, HealthFigure.LOG_LINES, "log_lines_per_minute", "gauge", "Lines that a bundle wanted to log in the last minute.");
        addFigure(text, health, HealthFigure.DROPPED_LOG_LINES, "dropped_log_lines_total", "counter", "Log lines of a plug-in that were dropped.");
        addFigure(text, health, HealthFigure.PRINTED_LINES, "printed_lines_per_minute", "gauge", "Lines that a bundle wanted to print in the last minute.");
        addFigure(text, health, HealthFigure.DROPPED_PRINTED_LINES, "dropped_printed_lines_total", "counter", "Printed lines of a plug-in that were dropped.");
        addFigure(text, health, HealthFigure.EXCEPTIONS, "exceptions_per_minute", "gauge", "Exceptions of a bundle in the last minute.");
        addFigure(text, health, HealthFigure.FRAME_BYTES, "frame_bytes", "gauge", "Memory for pictures that the drivers of a bundle have and have not delivered.");
        text.addMetric("catseye_plugin_condition", "gauge", "1 for the current condition of a plug-in.");
        health.stream().filter(BundleHealth::plugin).forEach(each -> {
            for (HealthCondition condition : HealthCondition.values()) {
                text.addValue("catseye_plugin_condition", each.condition() == condition ? 1 : 0, "plugin", shorten(each.bundle()), "condition",
                    condition.name());
            }
        });
    }

    private static void addFigure(PrometheusText text, List<BundleHealth> health, HealthFigure figure, String name, String type, String help) {
        text.addMetric(PREFIX + name, type, help);
        health.stream().filter(each -> each.figures().containsKey(figure))
            .forEach(each -> text.addValue(PREFIX + name, each.figures().get(figure), "bundle", shorten(each.bundle()), "kind", describeKind(each)));
    }

    private static String describeKind(BundleHealth health) {
        return health.plugin() ? "plugin" : "product";
    }

    private static String shorten(String name) {
        return name.substring(0, Math.min(name.length(), MAX_NAME_CHARS));
    }
}
