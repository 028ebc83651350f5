package org.catseye.web.rest.plugin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.catseye.plugins.health.BundleHealth;
import org.catseye.plugins.health.HealthCondition;
import org.catseye.plugins.health.HealthFigure;
import org.catseye.web.rest.route.ApiServlet;

/** Adds what bundles use to the list of plug-ins. */
final class HealthJson {

    private static final double ROUNDING = 10;

    private HealthJson() {
    }

    /** Plug-ins that were removed and still have threads are added as {@code leftovers}. */
    static JsonNode addTo(ObjectNode all, List<BundleHealth> health) {
        addToEach(all.get("plugins"), "id", collectByName(health, true));
        addToEach(all.get("product"), "name", collectByName(health, false));
        ArrayNode leftovers = all.putArray("leftovers");
        List<String> listed = all.get("plugins").findValuesAsText("id");
        health.stream().filter(each -> each.plugin() && each.condition() == HealthCondition.STILL_RUNNING && !listed.contains(each.bundle()))
                .forEach(each -> leftovers.addObject().put("id", each.bundle()).set("health", describe(each)));
        return all;
    }

    private static Map<String, BundleHealth> collectByName(List<BundleHealth> health, boolean plugin) {
        return health.stream().filter(each -> each.plugin() == plugin).collect(Collectors.toMap(BundleHealth::bundle, Function.identity()));
    }

    private static void addToEach(JsonNode bundles, String key, Map<String, BundleHealth> health) {
        for (JsonNode bundle : bundles) {
            BundleHealth known = health.get(bundle.get(key).asText());
            if (known != null) {
                ((ObjectNode) bundle).set("health", describe(known));
            }
        }
    }

    private static ObjectNode describe(BundleHealth health) {
        ObjectNode json = ApiServlet.JSON.createObjectNode().put("condition", health.condition().name()).put("reason", health.reason());
        health.since().ifPresent(since -> json.put("since", PluginJson.formatTime(since)));
        ArrayNode exceeded = json.putArray("exceeded");
        health.exceeded().forEach(each -> exceeded.addObject().put("figure", each.figure().key()).put("measured", each.measured()).put("limit", each.limit()));
        ObjectNode figures = json.putObject("figures");
        for (HealthFigure figure : HealthFigure.values()) {
            Double value = health.figures().get(figure);
            if (value != null) {
                figures.put(figure.key(), Math.round(value * ROUNDING) / ROUNDING);
            }
        }
        return json;
    }
}
