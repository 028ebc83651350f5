/**
 * The receiver of pointer input, such as a {@link import('../protocol/control-channel.js').ControlChannel}.
 *
 * @typedef {object} PointerSender
 * @property {(x: number, y: number, buttons: number, edge: boolean) => void} movePointerTo
 * @property {(dx: number, dy: number, buttons: number, edge: boolean) => void} movePointerBy
 * @property {(dx: number, dy: number) => void} turnWheel
 */

/** Mask of the buttons that a message can contain: 1 left, 2 right, 4 middle, 8 back, 16 forward, as in PointerEvent.buttons. */
export const BUTTONS = 31;
