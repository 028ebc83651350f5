/**
 * Where pointer input goes; a {@link import('../protocol/control-channel.js').ControlChannel} will do.
 *
 * @typedef {object} PointerSender
 * @property {(x: number, y: number, buttons: number, edge: boolean) => void} pointer
 * @property {(dx: number, dy: number, buttons: number, edge: boolean) => void} move
 * @property {(dx: number, dy: number) => void} wheel
 */

/** The buttons a message may carry: 1 left, 2 right, 4 middle, 8 back, 16 forward, as in PointerEvent.buttons. */
export const BUTTONS = 31;
