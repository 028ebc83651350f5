package org.catseye.options;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.Test;

public class OptionsTest {

    @Test
    public void valuesOfAnyTypeAreRead() throws Exception {
        Options options = new Options("pid", Map.of("number", 7L, "text", " a ", "flag", "TRUE", "address", "10.0.0.7", "empty", ""));
        assertEquals(7, options.readNumber("number", 1, 0, 9));
        assertEquals("a", options.readText("text", "b"));
        assertEquals(true, options.readFlag("flag", false));
        assertEquals("10.0.0.7", options.findAddress("address", "", "an address").orElseThrow().getHostAddress());
        assertEquals(Optional.empty(), options.findAddress("empty", "1.2.3.4", "an address"));
        assertEquals(OptionalInt.empty(), options.findNumber("empty"));
        assertEquals("the default", 5, options.readNumber("missing", 5, 0, 9));
    }

    @Test
    public void aListMayHaveAnyFormAndAnEmptyOneIsAnEmptyText() throws Exception {
        Options options = new Options("pid", Map.of("array", new String[] {" a ", "", "b"}, "list", List.of("c", 4), "single", "d e", "blank", " ",
            "none", new String[0], "nothing", List.of()));
        assertEquals(List.of("a", "b"), options.readTexts("array"));
        assertEquals(List.of("c", "4"), options.readTexts("list"));
        assertEquals(List.of("d e"), options.readTexts("single"));
        for (String empty : List.of("blank", "none", "nothing", "missing")) {
            assertEquals(empty, List.of(), options.readTexts(empty));
        }
        assertEquals("", options.readText("none", "default"));
        assertEquals("", options.readText("nothing", "default"));
        assertEquals("a number has its default then", 5, options.readNumber("none", 5, 0, 9));
    }

    @Test
    public void blanksStayWhereTheyMayBePartOfAPassword() {
        Options options = new Options("pid", Map.of("password", " secret "));
        assertEquals(" secret ", options.readExactText("password", ""));
        assertEquals("secret", options.readText("password", ""));
        assertEquals(" d ", options.readExactText("missing", " d "));
    }

    @Test
    public void aMistakeNamesConfigurationKeyValueAndWhatIsRight() {
        Options options = new Options("pid", Map.of("service.pid", "pid~bay1", "number", 12, "address", "10.0.0.256", "flag", "yes"));
        assertEquals("pid~bay1: number is '12'; it has to be a whole number from 0 to 9",
            assertThrows(IOException.class, () -> options.readNumber("number", 1, 0, 9)).getMessage());
        assertEquals("pid~bay1: address is '10.0.0.256'; it has to be an address",
            assertThrows(IOException.class, () -> options.findAddress("address", "", "an address")).getMessage());
        assertEquals("pid~bay1: flag is 'yes'; it has to be true or false",
            assertThrows(IOException.class, () -> options.readFlag("flag", true)).getMessage());
    }

    @Test
    public void aBadValueIsReportedAndReplacedByTheDefault() {
        List<String> reports = new ArrayList<>();
        Options options = new Options("pid", Map.of("word", "many", "high", 10, "good", 9, "flag", "yes", "on", "True", "empty", ""));
        assertEquals(5, options.readNumberOrDefault("word", 5, 0, 9, reports::add));
        assertEquals(5, options.readNumberOrDefault("high", 5, 0, 9, reports::add));
        assertEquals(9, options.readNumberOrDefault("good", 5, 0, 9, reports::add));
        assertEquals(5, options.readNumberOrDefault("empty", 5, 0, 9, reports::add));
        assertEquals(false, options.readFlagOrDefault("flag", false, reports::add));
        assertEquals(true, options.readFlagOrDefault("on", false, reports::add));
        assertEquals(List.of("pid: word is 'many'; it has to be a whole number from 0 to 9; 5 is used instead",
            "pid: high is '10'; it has to be a whole number from 0 to 9; 5 is used instead",
            "pid: flag is 'yes'; it has to be true or false; false is used instead"), reports);
    }

    @Test
    public void theTargetIsTakenExactlyAsItStands() throws Exception {
        assertEquals("default", new Options("pid", Map.of()).readTargetId());
        assertEquals("bay1", new Options("pid", Map.of("kvm.target", "bay1")).readTargetId());
        for (Object wrong : new Object[] {" bay1", "bay1 ", "b a y", "", "../x", new String[] {"bay1"}, new String[0]}) {
            String message = assertThrows(IOException.class, () -> new Options("pid", Map.of("kvm.target", wrong)).readTargetId()).getMessage();
            assertEquals(message, true, message.startsWith("pid: kvm.target is '"));
        }
    }
}
