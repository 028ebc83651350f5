package org.catseye.web.rest.plugin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.catseye.plugins.Feature;
import org.catseye.plugins.FeatureList;
import org.catseye.plugins.FeaturePlan;
import org.catseye.plugins.PluginResult;
import org.catseye.web.rest.route.ApiServlet;

/** Features, plans and results as JSON. */
final class FeatureJson {

    private FeatureJson() {
    }

    static ObjectNode describeAll(FeatureList list) {
        ObjectNode json = ApiServlet.JSON.createObjectNode();
        ArrayNode all = json.putArray("features");
        list.features().forEach(feature -> all.add(describeFeature(feature)));
        json.put("problem", list.problem());
        list.rollBack().ifPresentOrElse(undone -> json.putObject("rollBack").put("feature", undone.plugin()).put("time", PluginJson.formatTime(undone.time()))
                .put("reason", undone.reason()), () -> json.putNull("rollBack"));
        return json;
    }

    private static ObjectNode describeFeature(Feature feature) {
        ObjectNode json = ApiServlet.JSON.createObjectNode().put("id", feature.id()).put("name", feature.name()).put("description", feature.description()).put("on", feature.on())
                .put("origin", feature.origin().map(Enum::name).orElse(null)).put("obstacle", feature.obstacle().map(Enum::name).orElse(null));
        PluginJson.putBundles(json, "bundles", feature.bundles());
        return json;
    }

    static ObjectNode describePlan(FeaturePlan plan) {
        ObjectNode json = ApiServlet.JSON.createObjectNode().put("id", plan.id()).put("expires", PluginJson.formatTime(plan.expires())).put("feature", plan.feature())
                .put("name", plan.name()).put("on", plan.on()).put("applicable", plan.isApplicable());
        PluginJson.putTexts(json, "problems", plan.problems());
        PluginJson.putTexts(json, "warnings", plan.warnings());
        PluginJson.putTexts(json, "starts", plan.starts());
        PluginJson.putTexts(json, "stops", plan.stops());
        PluginJson.putTargets(json, plan.targets());
        return json;
    }

    static ObjectNode describeResult(PluginResult result) {
        return ApiServlet.JSON.createObjectNode().put("outcome", result.outcome().name()).put("feature", result.plugin()).put("reason", result.reason());
    }
}
