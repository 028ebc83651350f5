package org.catseye.web.rest.settings;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catseye.access.Audit;
import org.catseye.access.Permission;
import org.catseye.config.BadValueException;
import org.catseye.services.ByTarget;
import org.catseye.settings.SettingsAdministration;
import org.catseye.settings.SettingsException;
import org.catseye.settings.SettingsException.Reason;
import org.catseye.settings.SettingsState;
import org.catseye.video.device.CaptureSettings;
import org.catseye.video.device.DeviceSettings;
import org.catseye.video.device.DeviceSettings.Configuration;
import org.catseye.web.resource.TargetRequest;
import org.catseye.web.resource.TargetResource;
import org.catseye.web.rest.route.ApiException;
import org.catseye.web.rest.route.ApiServlet;
import org.catseye.web.rest.route.JsonBody;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * {@code capture}: the settings of the capture device that a target uses. The values are those of the device's configuration, as the
 * settings have them; only settings that adjust the device can be changed here, because an administrator of one target must not decide
 * which device serves another one.
 */
@Component(service = TargetResource.class, property = {TargetResource.NAME + "=capture", TargetResource.OPENAPI + "=/openapi/capture.json"})
public final class CaptureResource implements TargetResource {

    private static final String VALUES = "values";

    private final SettingsAdministration settings;
    private final SettingsAnswers answers;
    private final ByTarget<CaptureSettings> devices = new ByTarget<>();

    @Activate
    public CaptureResource(@Reference SettingsAdministration settings, @Reference Audit audit) {
        this.settings = settings;
        this.answers = new SettingsAnswers(audit);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindDevice(CaptureSettings device, Map<String, Object> properties) {
        devices.add(properties, device);
    }

    void unbindDevice(Map<String, Object> properties) {
        devices.remove(properties);
    }

    @Override
    public Permission requiredPermission(String method, String subPath) {
        return Permission.ADMIN;
    }

    @Override
    public Set<String> allowedMethods(String subPath) {
        return subPath.isEmpty() ? Set.of("GET", "PUT") : Set.of();
    }

    @Override
    public void serve(TargetRequest request) throws IOException {
        try {
            Optional<CaptureSettings> device = devices.findBest(request.targetId());
            DeviceSettings described = device.map(CaptureSettings::readSettings)
                    .orElseGet(() -> DeviceSettings.nothingToAdjust("", "This computer has no capture device now."));
            if (request.request().getMethod().equals("PUT")) {
                Configuration configuration = described.configuration()
                        .orElseThrow(() -> new ApiException(409, "nothing_to_adjust", described.problem()));
                saveChanges(request, device.orElseThrow(), configuration);
            } else {
                sendDevice(request, described);
            }
        } catch (ApiException e) {
            ApiServlet.sendError(request.response(), e);
        }
    }

    private void sendDevice(TargetRequest request, DeviceSettings device) throws ApiException, IOException {
        if (device.configuration().isEmpty()) {
            ApiServlet.sendJson(request.response(), 200, CaptureJson.write(device, Optional.empty()));
            return;
        }
        try {
            SettingsState state = settings.readState(pidOf(device.configuration().get()));
            SettingsAnswers.sendState(request.response(), 200, state, CaptureJson.write(device, Optional.of(state)));
        } catch (SettingsException e) {
            refuse(request, device.configuration().get(), e);
        }
    }

    /** Of the configuration; of the form, which has the defaults, if there is none. */
    private static String pidOf(Configuration configuration) {
        return configuration.pid().orElse(configuration.form());
    }

    private void refuse(TargetRequest request, Configuration configuration, SettingsException e) throws ApiException, IOException {
        answers.sendRefusal(request.session(), request.request(), request.response(), pidOf(configuration), e);
    }

    private void saveChanges(TargetRequest request, CaptureSettings device, Configuration configuration) throws ApiException, IOException {
        Map<String, Optional<List<String>>> changes = SettingsJson.readChanges(JsonBody.readBody(request.request(), Set.of(VALUES)).requireObject(VALUES));
        SettingsState saved;
        try {
            checkChanges(device, configuration, changes);
            saved = configuration.pid().isPresent() ? changeConfiguration(request, configuration.pid().get(), changes)
                    : addConfiguration(request, configuration, changes);
        } catch (SettingsException e) {
            refuse(request, configuration, e);
            return;
        }
        SettingsAnswers.sendState(request.response(), 200, saved, CaptureJson.write(describeSaved(device, configuration, saved), Optional.of(saved)));
    }

    /** A device that is being replaced after the change reports nothing for a moment; then the settings are those that it had before. */
    private static DeviceSettings describeSaved(CaptureSettings device, Configuration before, SettingsState saved) {
        DeviceSettings now = device.readSettings();
        Optional<String> pid = Optional.of(saved.configured().pid());
        return now.configuration().flatMap(Configuration::pid).equals(pid) ? now
                : DeviceSettings.ofConfiguration(now.device(), new Configuration(before.form(), pid, Map.of(), before.keys()), "");
    }

    private void checkChanges(CaptureSettings device, Configuration configuration, Map<String, Optional<List<String>>> changes)
            throws SettingsException, ApiException {
        for (String key : changes.keySet()) {
            if (!configuration.keys().contains(key)) {
                throw new SettingsException(Reason.INVALID, key, "This device has no such setting here. It has: " + String.join(", ", configuration.keys()) + ".");
            }
        }
        Map<String, String> values = new HashMap<>(configuration.initialValues());
        settings.readState(pidOf(configuration)).values().forEach((key, texts) -> values.put(key, String.join(", ", texts)));
        changes.forEach((key, change) -> change.ifPresentOrElse(texts -> values.put(key, String.join(", ", texts)), () -> values.remove(key)));
        try {
            device.checkValues(values);
        } catch (BadValueException e) {
            throw new SettingsException(Reason.INVALID, e.key(), "It has to be " + e.allowed() + ".");
        } catch (IOException e) {
            throw new ApiException(502, "device_failed", "The device does not answer: " + e.getMessage() + ".");
        }
    }

    private SettingsState changeConfiguration(TargetRequest request, String pid, Map<String, Optional<List<String>>> changes) throws SettingsException {
        SettingsState state = settings.saveValues(pid, changes, SettingsAnswers.readVersion(request.request()));
        answers.recordChange("settings.changed", request.session(), request.request(), pid, changes);
        return state;
    }

    private SettingsState addConfiguration(TargetRequest request, Configuration configuration, Map<String, Optional<List<String>>> changes)
            throws SettingsException {
        Map<String, Optional<List<String>>> values = new HashMap<>(changes);
        configuration.initialValues().forEach((key, value) -> values.put(key, Optional.of(List.of(value))));
        SettingsState state = settings.addConfiguration(configuration.form(), request.targetId(), values);
        answers.recordChange("settings.added", request.session(), request.request(), state.configured().pid(), values);
        return state;
    }
}
