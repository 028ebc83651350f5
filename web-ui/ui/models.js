import { t } from '../public/text.js';
import { systemClock } from '../protocol/clock.js';
import { permittedPanels } from './plugins.js';
import { describeLease } from './lease.js';
import { describeCodec } from './problem-text.js';
import { describeQuality } from './quality.js';

/**
 * What toolbar and status line show, from the facts of the session.
 *
 * @typedef {import('./target-session.js').TargetSession} TargetSession
 * @typedef {import('./screen.js').CatseyeScreen} CatseyeScreen
 */

/**
 * @param {TargetSession} session
 * @param {{targets: {id: string, label: string}[], screen: CatseyeScreen, fullscreen: boolean, wheel: import('./input-choice.js').WheelChoice, phoneKeyboard: boolean, jiggle: import('./toolbar.js').ToolbarModel['jiggle']}} page
 * @returns {import('./toolbar.js').ToolbarModel}
 */
export function toolbarModel(session, { targets, screen, fullscreen, wheel, phoneKeyboard, jiggle }) {
  return {
    targets, target: session.id, label: session.label, user: session.user,
    canControl: session.inControl, isAdmin: session.isAdmin,
    mayControl: session.canControl, watchOnly: session.watchOnly, wheel, phoneKeyboard, stickyModifiers: screen.stickyModifiers,
    mode: screen.mode, modes: pointerModes(session), scale: screen.scale, shape: screen.shape, level: session.level, quality: session.quality, fullscreen, panels: permittedPanels(session.permissions), lease: describeLease(session),
    power: session.power, systemKeys: (session.server?.hid.features ?? []).includes('SYSTEM'),
    hasMedia: session.canUseMedia, drives: knownDrives(session), jiggle,
  };
}

/** The server reports no drives of a target that has none. @param {TargetSession} session */
function knownDrives({ drives, server, control }) {
  return drives ?? (server && control.state === 'open' ? [] : null);
}

export const NO_FIGURES = Object.freeze({ label: '', captured: false, keyboard: '', resolution: '', input: '', fps: null, latencyMillis: null, viewers: null, codec: '', quality: '', qualityTitle: '' });

/**
 * @param {TargetSession} session
 * @param {import('./console-state.js').ConsoleState} state
 * @param {CatseyeScreen} screen
 * @returns {import('./status.js').StatusModel}
 */
export function statusModel(session, { state, headline }, screen) {
  const model = {
    ...NO_FIGURES, state, headline, label: session.label, captured: screen.captured, keyboard: describeKeyboard(session, state, screen),
    viewers: session.server?.video.viewers ?? null,
  };
  if (state !== 'live') return model;
  const { fallback } = session.facts;
  const { canvas } = screen;
  const input = session.server?.video.input;
  const quality = describeQuality(session.quality);
  return {
    ...model,
    resolution: `${canvas.width} × ${canvas.height}`,
    input: input ? t('status.input', { input }) : '',
    fps: session.stats.framesPerSecond(systemClock.now()),
    latencyMillis: session.stats.latencyMillis,
    quality: quality.text, qualityTitle: quality.title,
    codec: fallback ? t('status.mjpeg') : session.codec === null ? '' : describeCodec(session.codec),
  };
}

/** @param {TargetSession} session @param {string} state @param {CatseyeScreen} screen */
function describeKeyboard(session, state, screen) {
  if (session.control.state !== 'open' || state === 'silent') return '';
  if (screen.captured) return t('status.captured');
  return state === 'live' && session.inControl ? t('status.clickToType') : '';
}

/** @param {TargetSession} session @returns {('absolute' | 'relative')[]} both if the server has not named the features */
export function pointerModes(session) {
  /** @type {string[]} */ const features = session.server?.hid.features ?? [];
  const absolute = features.includes('ABSOLUTE_POINTER');
  const relative = features.includes('RELATIVE_POINTER');
  if (absolute === relative) return ['absolute', 'relative'];
  return absolute ? ['absolute'] : ['relative'];
}
