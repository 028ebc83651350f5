package org.catseye.hid.gadget.configfs;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catseye.hid.gadget.descriptor.DriveSet;
import org.catseye.hid.gadget.descriptor.Gadget;
import org.catseye.hid.gadget.descriptor.Gadget.Identity;
import org.catseye.hid.gadget.descriptor.Profile;
import org.catseye.hid.gadget.descriptor.Role;
import org.catseye.hid.gadget.fake.FakeBoard;
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
    public void createBoard() throws Exception {
        board = new FakeBoard(folder.getRoot().toPath());
    }

    @After
    public void closeBoard() {
        board.close();
    }

    @Test
    public void fromNothingFoldersThenFilesThenLinksInOrderThenBind() {
        List<Step> plan = Planner.planSteps(declareGadget(Profile.BOOT), ObservedGadget.ABSENT, "udc");
        List<String> descriptions = describeSteps(plan);
        assertEquals("create the gadget", descriptions.get(0));
        assertEquals(List.of("add hid.keyboard as 1.keyboard", "add hid.mouse as 2.mouse", "bind to the controller udc"),
                descriptions.subList(descriptions.size() - 3, descriptions.size()));
        int lastFolder = findLastIndex(plan, Step.CreateFolder.class);
        int firstWrite = plan.indexOf(plan.stream().filter(Step.WriteAttribute.class::isInstance).findFirst().orElseThrow());
        assertTrue(lastFolder < firstWrite);
    }

    @Test
    public void noStepRemainsAfterThePlanWasApplied() throws Exception {
        for (Profile profile : Profile.values()) {
            applyProfile(profile);
            assertEquals(List.of(), planFor(profile));
        }
    }

    @Test
    public void unboundTakesOneStep() throws Exception {
        applyProfile(Profile.FULL);
        board.writeFile("UDC", "\n");
        assertEquals(List.of("bind to the controller fake.0"), describeSteps(planFor(Profile.FULL)));
    }

    @Test
    public void anotherControllerTakesTwoSteps() throws Exception {
        applyProfile(Profile.FULL);
        board.writeFile("UDC", "other.0\n");
        assertEquals(List.of("unbind", "bind to the controller fake.0"), describeSteps(planFor(Profile.FULL)));
    }

    @Test
    public void aNewNameUnbindsWritesAndBindsButLeavesTheLinks() throws Exception {
        applyProfile(Profile.FULL);
        Gadget renamed = new Gadget("catseye", new Identity(0x1d6b, 0x0104, "Catseye", "Board 7", ""), Profile.FULL, DriveSet.NONE, 250, 7);
        assertEquals(List.of("unbind", "set strings/0x409/product to Board 7", "bind to the controller fake.0"),
                describeSteps(Planner.planSteps(renamed, board.configFs().observeGadget(), "fake.0")));
    }

    @Test
    public void aSmallerProfileRemovesFunctionsAndKeepsTheKeyboard() throws Exception {
        applyProfile(Profile.FULL);
        assertEquals(List.of("unbind", "remove hid.pointer", "remove hid.mouse", "remove hid.consumer",
                "set bcdDevice to 0x0120", "set configs/c.1/strings/0x409/configuration to boot",
                "set functions/hid.mouse/report_length to 4", "set functions/hid.mouse/report_desc to 46 bytes",
                "add hid.mouse as 2.mouse", "bind to the controller fake.0"), describeWithSortedRemovals(planFor(Profile.BOOT)));
    }

    @Test
    public void aChangedFunctionIsRemovedWithAllFunctionsAfterIt() throws Exception {
        applyProfile(Profile.FULL);
        board.writeFile("functions/hid.mouse/protocol", "0\n");
        assertEquals(List.of("unbind", "remove hid.mouse", "remove hid.consumer", "set functions/hid.mouse/protocol to 2",
                "add hid.mouse as 3.mouse", "add hid.consumer as 4.consumer", "bind to the controller fake.0"),
                describeWithSortedRemovals(planFor(Profile.FULL)));
    }

    @Test
    public void aLostLinkIsRecreatedAtItsPlace() throws Exception {
        applyProfile(Profile.FULL);
        Files.delete(board.gadgetFolder().resolve("configs/c.1/4.consumer"));
        assertEquals(List.of("unbind", "add hid.consumer as 4.consumer", "bind to the controller fake.0"),
                describeSteps(planFor(Profile.FULL)));
    }

    @Test
    public void foreignFunctionsStayAfterTheKeyboard() throws Exception {
        applyProfile(Profile.KEYBOARD_ONLY);
        Files.createDirectories(board.gadgetFolder().resolve("functions/mass_storage.usb0"));
        Files.createSymbolicLink(board.gadgetFolder().resolve("configs/c.1/mass_storage.usb0"),
                board.gadgetFolder().resolve("functions/mass_storage.usb0"));
        assertEquals("only the version follows the function set", List.of("unbind", "set bcdDevice to 0x0131",
                "bind to the controller fake.0"), describeSteps(planFor(Profile.KEYBOARD_ONLY)));
        List<String> descriptions = describeSteps(planFor(Profile.BOOT));
        assertTrue(descriptions.toString(),
                descriptions.indexOf("add hid.mouse as 2.mouse") < descriptions.indexOf("add mass_storage.usb0 as mass_storage.usb0"));
        applyProfile(Profile.BOOT);
        assertEquals(List.of(), planFor(Profile.BOOT));
    }

    @Test
    public void anUndeclaredSerialNumberIsKept() throws Exception {
        applyProfile(Profile.FULL);
        assertEquals("0123\n", Files.readString(board.gadgetFolder().resolve("strings/0x409/serialnumber")));
    }

    @Test
    public void aFileThatTheKernelLacksIsSkipped() throws Exception {
        for (Role role : Role.values()) {
            Files.delete(board.gadgetFolder().resolve("functions/" + role.functionName() + "/no_out_endpoint"));
        }
        applyProfile(Profile.FULL);
        assertEquals(List.of(), planFor(Profile.FULL));
    }

    @Test
    public void wakeupIsDeclaredIfTheKernelSupportsIt() throws Exception {
        board.writeFile("functions/hid.keyboard/wakeup_on_write", "0\n");
        applyProfile(Profile.FULL);
        assertEquals("0xa0\n", Files.readString(board.gadgetFolder().resolve("configs/c.1/bmAttributes")));
        assertEquals("1\n", Files.readString(board.gadgetFolder().resolve("functions/hid.keyboard/wakeup_on_write")));
        assertEquals(List.of(), planFor(Profile.FULL));
    }

    @Test
    public void drivesAreTheLastInterfaceAndADifferentSetLeavesTheOthers() throws Exception {
        applyGadget(declareDrives(DriveSet.BOTH, 7));
        assertEquals("mass_storage.drives", board.readLinks().get(4).functionName());
        assertEquals(List.of("unbind", "remove mass_storage.drives", "set bcdDevice to 0x0240", "add mass_storage.cd as 5.cd",
                "bind to the controller fake.0"), describeSteps(planFor(declareDrives(DriveSet.CD, 7))));
        assertEquals(List.of("unbind", "remove mass_storage.drives", "set bcdDevice to 0x0140", "bind to the controller fake.0"),
                describeSteps(planFor(declareDrives(DriveSet.NONE, 7))));
    }

    @Test
    public void drivesThatAreNotSetUpAreLeftOut() throws Exception {
        board.writeFile("functions/mass_storage.drives/lun.0/cdrom", "0\n");
        assertEquals("set up differently", planFor(declareDrives(DriveSet.NONE, 7)), planFor(declareDrives(DriveSet.BOTH, 7)));
        board.removeDrives();
        assertEquals("missing", planFor(declareDrives(DriveSet.NONE, 7)), planFor(declareDrives(DriveSet.BOTH, 7)));
    }

    @Test
    public void drivesThatTheControllerHasNoEndpointsForAreLeftOut() throws Exception {
        assertEquals(planFor(declareDrives(DriveSet.NONE, 5)), planFor(declareDrives(DriveSet.BOTH, 5)));
        applyGadget(declareDrives(DriveSet.BOTH, 6));
        assertEquals("six are enough", 5, board.readLinks().size());
    }

    @Test
    public void aControllerThatRefusesTheDrivesHasAKeyboard() throws Exception {
        // A folder in the place of the link makes the step fail.
        Files.createDirectory(board.gadgetFolder().resolve("configs/c.1/5.drives"));
        assertEquals("fake.0", new GadgetKeeper(declareDrives(DriveSet.BOTH, 7), board.paths, "", System::nanoTime).ensureDeclared());
        assertEquals(4, board.readLinks().size());
        assertEquals("fake.0", board.configFs().boundController());
    }

    /** The kernel lets a reader of this file wait while the remote computer is in the middle of a transfer. */
    @Test(timeout = 30_000)
    public void theMediumOfADriveIsNotRead() throws Exception {
        Path file = board.gadgetFolder().resolve("functions/mass_storage.drives/lun.0/file");
        Files.delete(file);
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
        assertTrue(board.configFs().observeGadget().exists());
    }

    private static Gadget declareDrives(DriveSet drives, int endpoints) {
        return new Gadget("catseye", FakeBoard.IDENTITY, Profile.FULL, drives, 250, endpoints);
    }

    private List<Step> planFor(Gadget gadget) throws Exception {
        return Planner.planSteps(gadget, board.configFs().observeGadget(), "fake.0");
    }

    private void applyGadget(Gadget gadget) throws Exception {
        for (Step step : planFor(gadget)) {
            step.applyTo(board.configFs());
        }
    }

    private static Gadget declareGadget(Profile profile) {
        return new Gadget("catseye", FakeBoard.IDENTITY, profile, DriveSet.NONE, 250, 7);
    }

    private List<Step> planFor(Profile profile) throws Exception {
        return Planner.planSteps(declareGadget(profile), board.configFs().observeGadget(), "fake.0");
    }

    private void applyProfile(Profile profile) throws Exception {
        for (Step step : planFor(profile)) {
            step.applyTo(board.configFs());
        }
    }

    private static List<String> describeSteps(List<Step> plan) {
        return plan.stream().map(Step::describeStep).toList();
    }

    /** Sorts removals by link name, because they come in the arbitrary order of the folder's listing. */
    private static List<String> describeWithSortedRemovals(List<Step> plan) {
        return plan.stream().sorted((a, b) -> a instanceof Step.RemoveLink x && b instanceof Step.RemoveLink y
                ? x.link().name().compareTo(y.link().name()) : 0).map(Step::describeStep).toList();
    }

    private static int findLastIndex(List<Step> plan, Class<?> type) {
        int last = -1;
        for (int i = 0; i < plan.size(); i++) {
            last = type.isInstance(plan.get(i)) ? i : last;
        }
        return last;
    }
}
