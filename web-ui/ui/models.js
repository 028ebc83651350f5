import { systemClock } from '../protocol/clock.js';
import { panels } from './plugins.js';

/**
 * What toolbar and status line show, from what the session knows.
 *
 * @typedef {import('./target-session.js').TargetSession} TargetSession
 * @typedef {import('./screen.js').CatseyeScreen} CatseyeScreen
 */

/**
 * @param {TargetSession} session
 * @param {{targets: {id: string, label: string}[], user: string, screen: CatseyeScreen, fullscreen: boolean}} page
 * @returns {import('./toolbar.js').ToolbarModel}
 */
export function toolbarModel(session, { targets, user, screen, fullscreen }) {
  return {
    targets, target: session.id, label: session.label, user: session.server?.user ?? user,
    canControl: session.inControl, isAdmin: session.permissions.includes('ADMIN'),
    mode: screen.mode, modes: pointerModes(session), scale: screen.scale, fullscreen, panels: panels(session.permissions),
  };
}

export const NO_FIGURES = Object.freeze({ captured: false, keyboard: '', resolution: '', input: '', fps: null, latencyMillis: null, viewers: null, codec: '' });

/**
 * @param {TargetSession} session
 * @param {import('./console-state.js').ConsoleState} state
 * @param {CatseyeScreen} screen
 * @returns {import('./status.js').StatusModel}
 */
export function statusModel(session, { state, headline }, screen) {
  const model = {
    ...NO_FIGURES, state, words: headline, captured: screen.captured, keyboard: keyboardWords(session, state, screen),
    viewers: session.server?.video.viewers ?? null,
  };
  if (state !== 'live') return model;
  const { fallback } = session.known;
  const { canvas, image } = screen;
  return {
    ...model,
    resolution: fallback ? `${image.naturalWidth} × ${image.naturalHeight}` : `${canvas.width} × ${canvas.height}`,
    input: session.server?.video.input ? `of ${session.server.video.input}` : '',
    fps: fallback ? null : session.stats.fps(systemClock.now()),
    latencyMillis: fallback ? null : session.stats.latencyMillis,
    codec: fallback ? 'MJPEG over HTTP' : session.codec,
  };
}

/** @param {TargetSession} session @param {string} state @param {CatseyeScreen} screen */
function keyboardWords(session, state, screen) {
  if (session.control.state !== 'open') return '';
  if (screen.captured) return 'Keyboard captured · Ctrl+Alt+Shift lets go';
  return state === 'live' && session.inControl ? 'Click the picture to type' : '';
}

/** @param {TargetSession} session @returns {('absolute' | 'relative')[]} both while nobody knows */
export function pointerModes(session) {
  /** @type {string[]} */ const features = session.server?.hid.features ?? [];
  const absolute = features.includes('ABSOLUTE_POINTER');
  const relative = features.includes('RELATIVE_POINTER');
  if (absolute === relative) return ['absolute', 'relative'];
  return absolute ? ['absolute'] : ['relative'];
}
