package org.catseye.web.control.message;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.catseye.hid.HidState;
import org.catseye.hid.Leds;
import org.catseye.http.TargetJson;
import org.catseye.media.DriveState;
import org.catseye.power.PowerState;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoState;
import org.catseye.web.control.lease.LeaseView;

/** Writes the server's messages as JSON. */
public final class ServerMessages {

    private ServerMessages() {
    }

    public static String formatState(StateView view, StateView.Figures figures) {
        return formatObject("state", json -> {
            json.writeStringField("target", view.target());
            json.writeStringField("label", view.label());
            writeVideo(json, view.video(), figures);
            writeHid(json, view.hid());
            json.writeStringField("user", view.user());
            writeNames(json, "permissions", view.permissions().stream());
        });
    }

    private static void writeVideo(JsonGenerator json, StateView.Video video, StateView.Figures figures) throws IOException {
        json.writeObjectFieldStart("video");
        json.writeStringField("state", video.state().toPublicCondition().name());
        json.writeStringField("reason", video.reason());
        json.writeBooleanField("misconfigured", video.state() == VideoState.Condition.MISCONFIGURED);
        json.writeBooleanField("stale", video.stale());
        json.writeNumberField("width", video.width());
        json.writeNumberField("height", video.height());
        json.writeNumberField("fps", figures.fps());
        json.writeStringField("codec", video.codec());
        json.writeStringField("input", video.input().map(IncomingSignal.Timing::description).orElse(""));
        json.writeNumberField("inputWidth", video.input().map(IncomingSignal.Timing::width).orElse(0));
        json.writeNumberField("inputHeight", video.input().map(IncomingSignal.Timing::height).orElse(0));
        json.writeNumberField("viewers", figures.viewers());
        json.writeEndObject();
    }

    private static void writeHid(JsonGenerator json, HidState hid) throws IOException {
        json.writeObjectFieldStart("hid");
        json.writeStringField("state", hid.condition().name());
        json.writeStringField("reason", hid.reason());
        writeNames(json, "features", hid.features().stream());
        json.writeEndObject();
    }

    public static String formatTargets(List<TargetEntry> targets) {
        return formatObject("targets", json -> {
            json.writeArrayFieldStart("targets");
            for (TargetEntry target : targets) {
                json.writeStartObject();
                json.writeStringField("id", target.id());
                json.writeStringField("label", target.label());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    public static String formatPower(PowerState power) {
        return formatObject("power", json -> TargetJson.writePower(json, power));
    }

    public static String formatMedia(List<DriveState> drives) {
        return formatObject("media", json -> {
            json.writeFieldName("drives");
            TargetJson.writeDrives(json, drives);
        });
    }

    public static String formatLease(LeaseView lease) {
        return formatObject("control", json -> {
            json.writeStringField("holder", lease.holder());
            json.writeBooleanField("mine", lease.mine());
            json.writeStringField("asking", lease.requester());
            json.writeBooleanField("shared", lease.shared());
            json.writeNumberField("others", lease.otherUsers());
        });
    }

    public static String formatLeds(Leds leds) {
        return formatObject("leds", json -> {
            json.writeBooleanField("known", leds.known());
            json.writeBooleanField("numLock", leds.numLock());
            json.writeBooleanField("capsLock", leds.capsLock());
            json.writeBooleanField("scrollLock", leds.scrollLock());
            json.writeBooleanField("compose", leds.compose());
            json.writeBooleanField("kana", leds.kana());
        });
    }

    public static String formatTyping(TypingProgress progress) {
        return formatObject("typing", json -> writeTyping(json, progress));
    }

    /** The fields of a progress, also for the API. */
    public static void writeTyping(JsonGenerator json, TypingProgress progress) throws IOException {
        json.writeStringField("id", progress.id());
        json.writeNumberField("typed", progress.typed());
        json.writeNumberField("total", progress.total());
        json.writeStringField("state", progress.state().name());
        json.writeStringField("code", progress.code());
        json.writeStringField("message", progress.message());
    }

    public static String formatError(String code, String message) {
        return formatObject("error", json -> {
            json.writeStringField("code", code);
            json.writeStringField("message", message);
        });
    }

    /** @param timeMicros microseconds since the epoch */
    public static String formatPong(long id, long timeMicros) {
        return "{\"type\":\"pong\",\"id\":" + id + ",\"time\":" + timeMicros + "}";
    }

    private static void writeNames(JsonGenerator json, String field, Stream<? extends Enum<?>> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Enum<?> value : values.sorted(Comparator.comparingInt(Enum::ordinal)).toList()) {
            json.writeString(value.name());
        }
        json.writeEndArray();
    }

    private static String formatObject(String type, TargetJson.Writer fields) {
        return TargetJson.format(json -> {
            json.writeStartObject();
            json.writeStringField("type", type);
            fields.write(json);
            json.writeEndObject();
        });
    }
}
