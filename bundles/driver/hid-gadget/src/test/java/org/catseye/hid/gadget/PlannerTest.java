package org.catseye.hid.gadget;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.util.List;
import org.catseye.hid.gadget.Gadget.Identity;
import org.junit.After;
import org.junit.Before;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;

public class PlannerTest {

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();
    private FakeBoard board;

    @Before
    public void make() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
    }

    @After
    public void close() {
        board.close();
    }

    @Test
    public void fromNothingFoldersThenFilesThenLinksInOrderThenBind() {
        List<Step> plan = Planner.plan(gadget(Profile.BOOT), Observed.NOTHING, "udc");
        List<String> words = words(plan);
        assertEquals("create the gadget", words.get(0));
        assertEquals(List.of("add hid.keyboard as 1.keyboard", "add hid.mouse as 2.mouse", "bind to the controller udc"),
                words.subList(words.size() - 3, words.size()));
        int lastFolder = lastIndex(plan, Step.MakeFolder.class);
        int firstWrite = plan.indexOf(plan.stream().filter(Step.Write.class::isInstance).findFirst().orElseThrow());
        assertTrue(lastFolder < firstWrite);
    }

    @Test
    public void nothingIsLeftToDoAfterItWasDone() throws Exception {
        for (Profile profile : Profile.values()) {
            apply(profile);
            assertEquals(List.of(), plan(profile));
        }
    }

    @Test
    public void unboundTakesOneStep() throws Exception {
        apply(Profile.FULL);
        board.file("UDC", "\n");
        assertEquals(List.of("bind to the controller fake.0"), words(plan(Profile.FULL)));
    }

    @Test
    public void anotherControllerTakesTwoSteps() throws Exception {
        apply(Profile.FULL);
        board.file("UDC", "other.0\n");
        assertEquals(List.of("unbind", "bind to the controller fake.0"), words(plan(Profile.FULL)));
    }

    @Test
    public void aNewNameUnbindsWritesAndBindsButLeavesTheLinks() throws Exception {
        apply(Profile.FULL);
        Gadget renamed = new Gadget("catseye", new Identity(0x1d6b, 0x0104, "Catseye", "Board 7", ""), Profile.FULL, 250, 7);
        assertEquals(List.of("unbind", "set strings/0x409/product to Board 7", "bind to the controller fake.0"),
                words(Planner.plan(renamed, board.configFs().observe(), "fake.0")));
    }

    @Test
    public void aSmallerProfileTakesOutWhatIsTooMuchAndKeepsTheKeyboard() throws Exception {
        apply(Profile.FULL);
        assertEquals(List.of("unbind", "take hid.pointer out", "take hid.mouse out", "take hid.consumer out",
                "set bcdDevice to 0x0120", "set configs/c.1/strings/0x409/configuration to boot",
                "set functions/hid.mouse/report_length to 4", "set functions/hid.mouse/report_desc to 46 bytes",
                "add hid.mouse as 2.mouse", "bind to the controller fake.0"), sortedRemovals(plan(Profile.BOOT)));
    }

    @Test
    public void aFunctionWhoseFilesChangeIsTakenOutFirstWithAllBehindIt() throws Exception {
        apply(Profile.FULL);
        board.file("functions/hid.mouse/protocol", "0\n");
        assertEquals(List.of("unbind", "take hid.mouse out", "take hid.consumer out", "set functions/hid.mouse/protocol to 2",
                "add hid.mouse as 3.mouse", "add hid.consumer as 4.consumer", "bind to the controller fake.0"),
                sortedRemovals(plan(Profile.FULL)));
    }

    @Test
    public void aLostLinkIsRecreatedAtItsPlace() throws Exception {
        apply(Profile.FULL);
        Files.delete(board.gadget().resolve("configs/c.1/4.consumer"));
        assertEquals(List.of("unbind", "add hid.consumer as 4.consumer", "bind to the controller fake.0"), words(plan(Profile.FULL)));
    }

    @Test
    public void functionsOfOthersStayAndStayBehindTheKeyboard() throws Exception {
        apply(Profile.KEYBOARD_ONLY);
        Files.createDirectories(board.gadget().resolve("functions/mass_storage.usb0"));
        Files.createSymbolicLink(board.gadget().resolve("configs/c.1/mass_storage.usb0"),
                board.gadget().resolve("functions/mass_storage.usb0"));
        assertEquals("only the version follows the function set", List.of("unbind", "set bcdDevice to 0x0131",
                "bind to the controller fake.0"), words(plan(Profile.KEYBOARD_ONLY)));
        List<String> words = words(plan(Profile.BOOT));
        assertTrue(words.toString(), words.indexOf("add hid.mouse as 2.mouse") < words.indexOf("add mass_storage.usb0 as mass_storage.usb0"));
        apply(Profile.BOOT);
        assertEquals(List.of(), plan(Profile.BOOT));
    }

    @Test
    public void aSerialNumberThatIsNotDeclaredIsLeftAlone() throws Exception {
        apply(Profile.FULL);
        assertEquals("0123\n", Files.readString(board.gadget().resolve("strings/0x409/serialnumber")));
    }

    @Test
    public void aFileThatTheKernelLacksIsNotMissed() throws Exception {
        for (Role role : Role.values()) {
            Files.delete(board.gadget().resolve("functions/" + role.function() + "/no_out_endpoint"));
        }
        apply(Profile.FULL);
        assertEquals(List.of(), plan(Profile.FULL));
    }

    @Test
    public void wakingIsClaimedWhereTheKernelCanWake() throws Exception {
        board.file("functions/hid.keyboard/wakeup_on_write", "0\n");
        apply(Profile.FULL);
        assertEquals("0xa0\n", Files.readString(board.gadget().resolve("configs/c.1/bmAttributes")));
        assertEquals("1\n", Files.readString(board.gadget().resolve("functions/hid.keyboard/wakeup_on_write")));
        assertEquals(List.of(), plan(Profile.FULL));
    }

    private static Gadget gadget(Profile profile) {
        return new Gadget("catseye", SettingsTest.IDENTITY, profile, 250, 7);
    }

    private List<Step> plan(Profile profile) throws Exception {
        return Planner.plan(gadget(profile), board.configFs().observe(), "fake.0");
    }

    private void apply(Profile profile) throws Exception {
        for (Step step : plan(profile)) {
            step.on(board.configFs());
        }
    }

    private static List<String> words(List<Step> plan) {
        return plan.stream().map(Step::words).toList();
    }

    /** Removals come in the order of the folder's listing, which means nothing: here in the order of the links' names. */
    private static List<String> sortedRemovals(List<Step> plan) {
        return plan.stream().sorted((a, b) -> a instanceof Step.RemoveLink x && b instanceof Step.RemoveLink y
                ? x.link().name().compareTo(y.link().name()) : 0).map(Step::words).toList();
    }

    private static int lastIndex(List<Step> plan, Class<?> type) {
        int last = -1;
        for (int i = 0; i < plan.size(); i++) {
            last = type.isInstance(plan.get(i)) ? i : last;
        }
        return last;
    }
}
