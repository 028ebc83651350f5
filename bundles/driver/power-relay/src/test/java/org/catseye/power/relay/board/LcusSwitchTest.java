package org.catseye.power.relay.board;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertThrows;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.catseye.power.PowerAction;
import org.catseye.power.PowerCondition;
import org.catseye.power.relay.RelayControl;
import org.catseye.power.relay.board.LcusEmulator.Answer;
import org.catseye.power.spi.PowerControl;
import org.catseye.testkit.PowerControlContract;
import org.junit.After;
import org.junit.Test;

/** Over a serial port of the kernel, with a board at its other end that answers with lines. Relay 2 switches the supply. */
public class LcusSwitchTest extends PowerControlContract {

    private static final int SUPPLY = 2;

    private LcusEmulator board;
    private Boards boards;

    private RelayControl createControl(Answer answer, Map<String, Object> settings) throws IOException {
        board = new LcusEmulator(answer);
        boards = new Boards(new Boards.Opener() {
            @Override
            public BoardNode findNode(BoardAddress address) {
                return new BoardNode(address.kind(), board.path(), LcusEmulator.RELAYS);
            }

            @Override
            public RelayBoard openNode(BoardNode node) throws IOException {
                return LcusBoard.openNode(node.path());
            }
        });
        return new RelayControl(settings, boards);
    }

    private static Map<String, Object> supply() {
        return Map.of("board", "lcus", "channel", SUPPLY);
    }

    @After
    public void unplug() throws InterruptedException {
        boards.closeAll();
        board.unplug();
    }

    @Override
    protected PowerControl createControl() throws IOException {
        return createControl(Answer.LINES, supply());
    }

    @Override
    protected void setComputerOn(boolean on) {
        board.setClosed(SUPPLY, on);
    }

    @Override
    protected boolean noticedAction(PowerAction action) {
        return board.isClosed(SUPPLY) == (action == PowerAction.ON) && board.wrongBytes() == 0;
    }

    @Override
    protected void breakDevice() throws InterruptedException {
        board.unplug();
    }

    @Test
    public void aBoardThatAnswersWithBytesIsUnderstood() throws Exception {
        RelayControl control = createControl(Answer.BYTES, supply());
        for (boolean on : new boolean[] {true, false}) {
            board.setClosed(SUPPLY, on);
            assertEquals(on ? PowerCondition.ON : PowerCondition.OFF, control.readState().condition());
        }
    }

    @Test
    public void theStateOfABoardThatDoesNotAnswerIsUnknown() throws Exception {
        RelayControl control = createControl(Answer.NONE, supply());
        for (int i = 0; i < 6; i++) {
            assertEquals(PowerCondition.UNKNOWN, control.readState().condition());
        }
        control.performAction(PowerAction.ON);
        awaitClosed(SUPPLY, true);
        assertEquals("and it is not asked for ever", 3, board.questions());
        assertEquals(0, board.wrongBytes());
        board.unplug();
        assertThrows("but it is noticed when it is unplugged", IOException.class, control::readState);
    }

    @Test
    public void theBoardMeasuresThePulse() throws Exception {
        RelayControl control = createControl(Answer.LINES, Map.of("board", "lcus", "channel", 4, "use", "power-button", "holdMillis", 4_000));
        control.performAction(PowerAction.PRESS);
        awaitClosed(4, false);
        assertTrue("" + board.pulseMillis(4), board.pulseMillis(4) >= 150);
        control.performAction(PowerAction.HOLD);
        awaitClosed(4, false);
        assertTrue("" + board.pulseMillis(4), board.pulseMillis(4) >= 3_900);
    }

    private void awaitClosed(int channel, boolean closed) throws InterruptedException {
        for (int i = 0; board.isClosed(channel) != closed; i++) {
            assertTrue("in time", i < 1_000);
            Thread.sleep(10);
        }
    }
}
