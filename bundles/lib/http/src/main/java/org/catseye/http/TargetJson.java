package org.catseye.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.catseye.media.AttachedMedium;
import org.catseye.media.DriveState;
import org.catseye.media.MediaKind;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerState;

/** The power and the drives of a target as JSON, in answers of the API and in messages on a socket alike. */
public final class TargetJson {

    private static final JsonFactory JSON = new JsonFactory();

    private TargetJson() {
    }

    /** Writes a part of a JSON document. */
    @FunctionalInterface
    public interface Writer {
        void write(JsonGenerator json) throws IOException;
    }

    /** A document in memory. */
    public static String format(Writer writer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writer.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    /** The fields of a power state, into an object that the caller has begun. */
    public static void writePower(JsonGenerator json, PowerState power) throws IOException {
        json.writeStringField("state", power.condition().name());
        json.writeStringField("source", power.source());
        json.writeStringField("reason", power.reason());
        if (power.diskActive().isPresent()) {
            json.writeBooleanField("diskActive", power.diskActive().get());
        } else {
            json.writeNullField("diskActive");
        }
        json.writeStringField("running", power.running().map(PowerAction::publicName).orElse(""));
        json.writeArrayFieldStart("actions");
        for (PowerAction action : power.actions()) {
            json.writeString(action.publicName());
        }
        json.writeEndArray();
    }

    /** An array of drives. */
    public static void writeDrives(JsonGenerator json, List<DriveState> drives) throws IOException {
        json.writeStartArray();
        for (DriveState drive : drives) {
            writeDrive(json, drive);
        }
        json.writeEndArray();
    }

    /** A drive as an object. */
    public static void writeDrive(JsonGenerator json, DriveState drive) throws IOException {
        Optional<AttachedMedium> medium = drive.medium();
        json.writeStartObject();
        json.writeStringField("drive", drive.drive());
        json.writeStringField("label", drive.label());
        json.writeStringField("image", medium.map(AttachedMedium::image).orElse(null));
        json.writeStringField("name", medium.map(AttachedMedium::name).orElse(""));
        json.writeStringField("kind", medium.map(attached -> attached.kind().publicName()).orElse(null));
        json.writeBooleanField("readOnly", medium.map(AttachedMedium::readOnly).orElse(!drive.writable()));
        json.writeStringField("state", drive.condition().name());
        json.writeStringField("reason", drive.reason());
        json.writeArrayFieldStart("kinds");
        for (MediaKind kind : drive.kinds()) {
            json.writeString(kind.publicName());
        }
        json.writeEndArray();
        json.writeBooleanField("writable", drive.writable());
        json.writeEndObject();
    }
}
