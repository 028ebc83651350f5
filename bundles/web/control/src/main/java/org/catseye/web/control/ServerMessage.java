package org.catseye.web.control;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.stream.Stream;
import org.catseye.hid.Leds;
import org.catseye.video.IncomingSignal;
import org.catseye.video.VideoState;

/** The JSON that the server sends. */
final class ServerMessage {

    private static final JsonFactory JSON = new JsonFactory();

    private ServerMessage() {
    }

    static String state(StateView view, StateView.Figures figures) {
        return object("state", json -> {
            json.writeStringField("target", view.target());
            json.writeStringField("label", view.label());
            json.writeObjectFieldStart("video");
            json.writeStringField("state", view.video().state().toPublicCondition().name());
            json.writeStringField("reason", view.video().reason());
            json.writeBooleanField("misconfigured", view.video().state() == VideoState.Condition.MISCONFIGURED);
            json.writeBooleanField("stale", view.video().stale());
            json.writeNumberField("width", view.video().width());
            json.writeNumberField("height", view.video().height());
            json.writeNumberField("fps", figures.fps());
            json.writeStringField("codec", view.video().codec());
            json.writeStringField("input", view.video().input().map(IncomingSignal.Timing::description).orElse(""));
            json.writeNumberField("inputWidth", view.video().input().map(IncomingSignal.Timing::width).orElse(0));
            json.writeNumberField("inputHeight", view.video().input().map(IncomingSignal.Timing::height).orElse(0));
            json.writeNumberField("viewers", figures.viewers());
            json.writeEndObject();
            json.writeObjectFieldStart("hid");
            json.writeStringField("state", view.hid().condition().name());
            json.writeStringField("reason", view.hid().reason());
            names(json, "features", view.hid().features().stream());
            json.writeEndObject();
            json.writeStringField("user", view.user());
            names(json, "permissions", view.permissions().stream());
        });
    }

    static String control(LeaseView lease) {
        return object("control", json -> {
            json.writeStringField("holder", lease.holder());
            json.writeBooleanField("mine", lease.mine());
            json.writeStringField("asking", lease.asking());
            json.writeBooleanField("shared", lease.shared());
            json.writeNumberField("others", lease.others());
        });
    }

    static String leds(Leds leds) {
        return object("leds", json -> {
            json.writeBooleanField("known", leds.known());
            json.writeBooleanField("numLock", leds.numLock());
            json.writeBooleanField("capsLock", leds.capsLock());
            json.writeBooleanField("scrollLock", leds.scrollLock());
            json.writeBooleanField("compose", leds.compose());
            json.writeBooleanField("kana", leds.kana());
        });
    }

    static String error(String code, String message) {
        return object("error", json -> {
            json.writeStringField("code", code);
            json.writeStringField("message", message);
        });
    }

    /** @param time microseconds since the epoch */
    static String pong(long id, long time) {
        return "{\"type\":\"pong\",\"id\":" + id + ",\"time\":" + time + "}";
    }

    private static void names(JsonGenerator json, String field, Stream<? extends Enum<?>> values) throws IOException {
        json.writeArrayFieldStart(field);
        for (Enum<?> value : values.sorted((a, b) -> a.ordinal() - b.ordinal()).toList()) {
            json.writeString(value.name());
        }
        json.writeEndArray();
    }

    private static String object(String type, Body body) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("type", type);
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
