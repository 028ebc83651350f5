package org.catseye.web.rest.plugin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import org.catseye.plugins.Plugin;
import org.catseye.plugins.PluginDescription;
import org.catseye.plugins.PluginDescription.Identity;
import org.catseye.plugins.PluginDescription.Signature;
import org.catseye.plugins.PluginPlan;
import org.catseye.plugins.PluginPlan.AffectedTarget;
import org.catseye.plugins.PluginResult;
import org.catseye.plugins.ProductBundle;
import org.catseye.plugins.RollBack;
import org.catseye.web.rest.route.ApiServlet;

/** Plug-ins, plans and results as JSON. */
final class PluginJson {

    private PluginJson() {
    }

    static ObjectNode describeAll(List<Plugin> plugins, List<ProductBundle> product, List<RollBack> rollBacks) {
        ObjectNode json = ApiServlet.JSON.createObjectNode();
        ArrayNode all = json.putArray("plugins");
        plugins.forEach(plugin -> all.add(describePlugin(plugin)));
        putBundles(json, "product", product);
        ArrayNode undone = json.putArray("rollBacks");
        rollBacks.forEach(each -> undone.addObject().put("plugin", each.plugin()).put("version", each.version()).put("time", formatTime(each.time()))
                .put("reason", each.reason()));
        return json;
    }

    private static ObjectNode describePlugin(Plugin plugin) {
        ObjectNode json = describe(plugin.description()).put("file", plugin.fileName()).put("installed", formatTime(plugin.installed()))
                .put("state", plugin.state().name()).put("reason", plugin.reason()).put("enabled", plugin.enabled());
        ArrayNode parts = json.putArray("parts");
        plugin.parts().forEach(part -> parts.addObject().put("kind", part.kind().name()).put("label", part.label()).put("target", part.target()));
        putTexts(json, "configurations", plugin.configurations());
        ArrayNode kept = json.putArray("keptVersions");
        plugin.keptVersions().forEach(version -> kept.addObject().put("version", version.version()).put("replaced", formatTime(version.replaced())));
        return json;
    }

    private static ObjectNode describe(PluginDescription description) {
        ObjectNode json = ApiServlet.JSON.createObjectNode().put("id", description.id()).put("name", description.name()).put("version", description.version())
                .put("maker", description.maker()).put("description", description.description());
        description.permissions().ifPresentOrElse(permissions -> putTexts(json, "permissions", permissions), () -> json.putNull("permissions"));
        Signature signature = description.signature();
        ObjectNode described = json.putObject("signature").put("kind", signature.kind().name()).put("signer", signature.signer().name())
                .put("fingerprint", signature.signer().fingerprint()).put("certificate", signature.certificate()).put("reason", signature.reason());
        described.set("maker", signature.maker().equals(Identity.NONE) ? ApiServlet.JSON.nullNode()
                : ApiServlet.JSON.createObjectNode().put("name", signature.maker().name()).put("fingerprint", signature.maker().fingerprint()));
        return json;
    }

    static ObjectNode describePlan(PluginPlan plan) {
        ObjectNode json = ApiServlet.JSON.createObjectNode().put("id", plan.id()).put("expires", formatTime(plan.expires())).put("file", plan.fileName())
                .put("kind", plan.kind().name()).put("installedVersion", plan.installedVersion().orElse(null)).put("applicable", plan.isApplicable());
        json.set("plugin", describe(plan.plugin()));
        putTexts(json, "problems", plan.problems());
        putTexts(json, "warnings", plan.warnings());
        putTargets(json, plan.targets());
        putTexts(json, "newPermissions", plan.newPermissions());
        ArrayNode concerns = json.putArray("concerns");
        plan.concerns().forEach(concern -> concerns.addObject().put("kind", concern.kind().name()).put("detail", concern.detail()));
        return json;
    }

    static ObjectNode describeResult(PluginResult result) {
        return ApiServlet.JSON.createObjectNode().put("outcome", result.outcome().name()).put("plugin", result.plugin()).put("version", result.version())
                .put("reason", result.reason());
    }

    static void putBundles(ObjectNode json, String name, List<ProductBundle> bundles) {
        ArrayNode all = json.putArray(name);
        bundles.forEach(bundle -> all.addObject().put("name", bundle.name()).put("version", bundle.version()).put("running", bundle.running()));
    }

    static void putTargets(ObjectNode json, List<AffectedTarget> targets) {
        ArrayNode all = json.putArray("targets");
        targets.forEach(target -> all.addObject().put("target", target.target()).put("viewers", target.viewers()));
    }

    static void putTexts(ObjectNode json, String name, Collection<String> texts) {
        ArrayNode array = json.putArray(name);
        texts.forEach(array::add);
    }

    static String formatTime(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
