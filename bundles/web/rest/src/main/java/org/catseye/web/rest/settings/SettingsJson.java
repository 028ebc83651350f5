package org.catseye.web.rest.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catseye.settings.SettingsField;
import org.catseye.settings.SettingsForm;
import org.catseye.settings.SettingsState;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;

/** Forms and values as JSON. Values are texts, or lists of texts. */
final class SettingsJson {

    private static final String TITLE = "title";
    private static final String DESCRIPTION = "description";

    private SettingsJson() {
    }

    static ArrayNode writeForms(List<SettingsForm> forms) {
        ArrayNode result = ApiServlet.JSON.createArrayNode();
        forms.forEach(form -> {
            ObjectNode node = result.addObject();
            writeForm(node, form);
            ArrayNode names = node.putArray("fieldNames");
            form.fields().forEach(field -> names.add(field.name()));
            ArrayNode configurations = node.putArray("configurations");
            form.configurations().forEach(configured -> writeConfigured(configurations.addObject(), configured));
        });
        return result;
    }

    private static void writeForm(ObjectNode node, SettingsForm form) {
        node.put("pid", form.pid()).put(TITLE, form.title()).put(DESCRIPTION, form.description()).put("group", lower(form.group()))
                .put("bundle", form.bundle()).put("running", form.running()).put("single", form.single()).put("several", form.several());
        form.lockReason().ifPresent(reason -> node.put("lockReason", "These settings have to be " + reason + "."));
    }

    private static void writeConfigured(ObjectNode node, SettingsForm.Configured configured) {
        node.put("pid", configured.pid()).put(TITLE, configured.title()).put("stored", configured.stored());
        configured.target().ifPresent(target -> node.put("target", target));
        configured.problem().ifPresent(problem -> node.put("problem", problem));
    }

    static ObjectNode writeState(SettingsState state) {
        return writeState(state, state.form().fields());
    }

    /** @param shown the settings to include */
    static ObjectNode writeState(SettingsState state, List<SettingsField> shown) {
        ObjectNode result = ApiServlet.JSON.createObjectNode();
        writeConfigured(result, state.configured());
        result.put("file", state.file());
        state.changedBy().ifPresent(writer -> result.put("changedBy", lower(writer)));
        writeForm(result.putObject("form"), state.form());
        ArrayNode fields = result.putArray("fields");
        shown.forEach(field -> writeField(fields.addObject(), field, state));
        ArrayNode unknown = result.putArray("unknown");
        new TreeMap<>(state.unknown()).forEach((key, remedy) -> unknown.addObject().put("id", key).put("remedy", remedy));
        return result;
    }

    private static void writeField(ObjectNode node, SettingsField field, SettingsState state) {
        node.put("id", field.id()).put("name", field.name()).put(DESCRIPTION, field.help()).put("kind", lower(field.kind()))
                .put("list", field.list()).put("required", field.required());
        field.min().ifPresent(min -> node.put("min", min));
        field.max().ifPresent(max -> node.put("max", max));
        if (!field.options().isEmpty()) {
            ArrayNode options = node.putArray("options");
            field.options().forEach(option -> options.addObject().put("value", option.value()).put("label", option.label()));
        }
        if (field.kind() == SettingsField.Kind.SECRET) {
            node.put("set", state.secrets().contains(field.id()));
            return;
        }
        if (field.list() || !field.defaults().isEmpty()) {
            node.set("default", writeTexts(field.defaults(), field.list()));
        }
        // A list in a setting that has one value is shown, so that the user can correct it.
        Optional.ofNullable(state.values().get(field.id())).ifPresent(texts -> node.set("value", writeTexts(texts, field.list() || texts.size() > 1)));
    }

    private static JsonNode writeTexts(List<String> texts, boolean list) {
        if (!list) {
            return ApiServlet.JSON.getNodeFactory().textNode(texts.isEmpty() ? "" : texts.get(0));
        }
        ArrayNode result = ApiServlet.JSON.createArrayNode();
        texts.forEach(result::add);
        return result;
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /**
     * The changes in the body of a request.
     *
     * @param values values by key: a text, a number, true or false, a list of these, or null for the default
     * @throws ApiException 400 for any other type
     */
    static Map<String, Optional<List<String>>> readChanges(ObjectNode values) throws ApiException {
        Map<String, Optional<List<String>>> changes = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            JsonNode value = entry.getValue();
            changes.put(entry.getKey(), value.isNull() ? Optional.empty() : Optional.of(readTexts(value)));
        }
        return changes;
    }

    private static List<String> readTexts(JsonNode value) throws ApiException {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : value.isArray() ? value : List.of(value)) {
            if (!each.isValueNode() || each.isNull()) {
                throw new ApiException(400, "bad_field", "A value has to be a text, a number, true, false, null or a list of these.");
            }
            texts.add(each.asText());
        }
        return texts;
    }
}
