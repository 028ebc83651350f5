package org.catseye.web.control.message;

import static org.catseye.web.control.message.BadMessageException.badMessage;
import static org.catseye.web.control.message.BadMessageException.quoteSafely;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/** Parses client messages strictly: one flat JSON object with exactly the fields of its type. Thread-safe. */
public final class MessageReader {

    private static final String EXAMPLE = "; send one object, such as {\"type\":\"ping\",\"id\":1}";
    private static final int MAX_TEXT_CHARS = 128;
    private static final int MAX_NUMBER_CHARS = 40;
    private static final int MAX_DEPTH = 2;

    private final JsonFactory json = new JsonFactoryBuilder()
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxNumberLength(MAX_NUMBER_CHARS)
            .maxNameLength(MAX_TEXT_CHARS).maxStringLength(MAX_TEXT_CHARS).build())
        .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
        // Clients choose the names: names must not stay in memory, and no choice of names may make parsing fail.
        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
        .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
        .build();

    /** @throws BadMessageException with what is wrong, where, and what is valid */
    public ClientMessage parseMessage(String text) throws BadMessageException {
        try (JsonParser parser = json.createParser(text)) {
            MessageFields fields = new MessageFields();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw badMessage("the message is not a JSON object" + EXAMPLE);
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                fields.readField(MessageField.findByName(parser.currentName()), parser);
            }
            if (parser.nextToken() != null) {
                throw badMessage("something follows the JSON object at character " + parser.currentTokenLocation().getColumnNr() + EXAMPLE);
            }
            return fields.toMessage();
        } catch (JsonProcessingException e) {
            long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
            throw badMessage("the message is not JSON near character " + column + ": " + firstLine(e.getOriginalMessage()) + EXAMPLE);
        } catch (IOException e) {
            throw badMessage("the message cannot be read" + EXAMPLE);
        }
    }

    private static String firstLine(String message) {
        String safe = quoteSafely(message.lines().findFirst().orElse(""));
        return safe.substring(1, safe.length() - 1);
    }
}
