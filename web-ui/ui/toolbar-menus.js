import { toAddress } from '../public/base.js';
import { LANGUAGES, preferredLanguage, t } from '../public/text.js';
import { SHAPES, VIEWS } from '../video/picture-size.js';
import { COMBINATIONS, MODIFIER_CODES } from '../input/combinations.js';
import { JIGGLE_PIXELS, JIGGLE_SECONDS, WHEEL_SPEEDS } from './input-choice.js';
import { combinationName, groupName, keyName } from './key-names.js';
import { leaseLabel } from './lease.js';
import { readOwnCombinations } from './own-combinations.js';
import { qualityGroups } from './quality.js';

/**
 * The content of the toolbar's menus.
 *
 * @typedef {import('./toolbar.js').ToolbarModel} ToolbarModel
 * @typedef {(command: import('./toolbar.js').Command) => void} Send
 * @typedef {import('./menu.js').MenuGroup[]} MenuGroups
 */

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function targetGroups({ targets, target, isAdmin }, send) {
  return [
    {
      title: t('toolbar.targets'),
      items: targets.map(({ id, label }) => ({ label, detail: label === id ? '' : id, checked: id === target, action: () => send({ command: 'target', id }) })),
    },
    ...(isAdmin ? [{ items: [setUpItem(target)] }] : []),
  ];
}

/** Opens the settings of a computer. @param {string} target @returns {import('./menu.js').MenuItem} */
function setUpItem(target) {
  return { label: t('user.setUp'), icon: 'target', href: toAddress(`/settings#target=${encodeURIComponent(target)}`), detail: t('user.newTab') };
}

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function keyGroups({ user, stickyModifiers }, send) {
  const [system, ...others] = COMBINATIONS;
  const own = readOwnCombinations(user);
  return [
    combinationGroup(system, send),
    {
      title: t('combination.sticky'), layout: 'chips',
      items: MODIFIER_CODES.map((code) => ({
        label: keyName(code), checked: stickyModifiers.includes(code), toggle: true, keepOpen: true, action: () => send({ command: 'modifier', code }),
      })),
    },
    ...(own.length > 0 ? [{
      title: t('own.title'), layout: /** @type {'chips'} */ ('chips'),
      items: own.map((combination) => ({ label: combinationName(combination), action: () => send({ command: 'combination', combination }) })),
    }] : []),
    ...others.map((group) => combinationGroup(group, send)),
    {
      items: [
        { label: t('own.menu'), icon: 'keyboard', action: () => send({ command: 'own-combinations' }) },
        { label: t('typing.menu'), icon: 'text', action: () => send({ command: 'type-text' }) },
      ],
    },
  ];
}

/** @param {(typeof COMBINATIONS)[number]} group @param {Send} send @returns {import('./menu.js').MenuGroup} */
function combinationGroup({ group, keepOpen, items }, send) {
  return {
    title: groupName(group), layout: 'chips',
    items: items.map((combination) => ({
      label: combinationName(combination), detail: combination.locks ? t('combination.lock') : undefined, keepOpen,
      action: () => send({ command: 'combination', combination, keepOpen }),
    })),
  };
}

/** @type {Record<import('../protocol/control-message.js').PowerAction, import('../public/text.js').MessageKey>} */
const POWER_LABELS = { press: 'power.press', hold: 'power.hold', reset: 'power.reset', wake: 'power.wake', on: 'power.switchOn', off: 'power.switchOff', cycle: 'power.cycle' };

/** @type {Record<import('../protocol/control-message.js').PowerAction, import('../public/text.js').MessageKey>} */
const POWER_DETAILS = {
  press: 'power.pressDetail', hold: 'power.holdDetail', reset: 'power.resetDetail', wake: 'power.wakeDetail', on: 'power.switchOnDetail', off: 'power.switchOffDetail', cycle: 'power.cycleDetail',
};

const POWER_KEYS = /** @type {const} */ ([['Power', 'power.keyPower'], ['Sleep', 'power.keySleep'], ['WakeUp', 'power.keyWake']]);

/** @param {import('../protocol/control-message.js').PowerAction} action */
export function powerLabel(action) {
  return t(POWER_LABELS[action]);
}

/** @param {ToolbarModel} model */
export function hasPowerMenu({ power, systemKeys, canControl }) {
  return Boolean(power && power.actions.length > 0) || (systemKeys && canControl);
}

/** @param {import('../protocol/control-message.js').PowerMessage} power */
export function describePower({ state, reason, running }) {
  if (running) return t('power.running', { action: powerLabel(running) });
  return state === 'ON' ? t('power.on') : state === 'OFF' ? t('power.off') : reason || t('power.unknown');
}

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function powerGroups({ power, systemKeys, canControl }, send) {
  return [
    ...(power && power.actions.length > 0 ? [{
      title: describePower(power),
      items: power.actions.map((action) => ({
        label: powerLabel(action), detail: t(POWER_DETAILS[action]), disabled: power.running !== '', action: () => send({ command: 'power', action }),
      })),
    }] : []),
    ...(systemKeys && canControl ? [{
      title: t('power.keys'), layout: /** @type {'chips'} */ ('chips'),
      items: POWER_KEYS.map(([code, name]) => ({ label: t(name), action: () => send({ command: 'combination', combination: { codes: [code] } }) })),
    }] : []),
  ];
}

/** @type {Record<import('./input-choice.js').WheelSpeed, import('../public/text.js').MessageKey>} */
const SPEEDS = { slow: 'wheel.slow', normal: 'wheel.normal', fast: 'wheel.fast' };

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function mouseGroups({ mode, modes, wheel, jiggle }, send) {
  /** @param {'absolute' | 'relative'} own @param {string} label @param {string} detail */
  const item = (own, label, detail) => ({ label, detail, checked: mode === own, disabled: !modes.includes(own), action: () => send({ command: 'mode', mode: own }) });
  return [
    {
      title: t('mouse.title'),
      items: [item('absolute', t('mouse.absolute'), t('mouse.absoluteDetail')), item('relative', t('mouse.relative'), t('mouse.relativeDetail'))],
    },
    {
      title: t('wheel.title'),
      items: [
        ...WHEEL_SPEEDS.map((speed) => ({ label: t(SPEEDS[speed]), checked: wheel.speed === speed, action: () => send({ command: 'wheel', wheel: { ...wheel, speed } }) })),
        { label: t('wheel.reversed'), checked: wheel.reversed, toggle: true, action: () => send({ command: 'wheel', wheel: { ...wheel, reversed: !wheel.reversed } }) },
      ],
    },
    ...jiggleGroups(jiggle, send),
  ];
}

/** @param {ToolbarModel['jiggle']} jiggle @param {Send} send @returns {MenuGroups} */
function jiggleGroups({ on, settings }, send) {
  /** @param {Partial<typeof settings>} change */
  const change = (change) => send({ command: 'jiggle-settings', settings: { ...settings, ...change } });
  const layout = /** @type {'chips'} */ ('chips');
  return [
    { title: t('jiggle.title'), items: [{ label: t('jiggle.on'), checked: on, toggle: true, keepOpen: true, action: () => send({ command: 'jiggle', on: !on }) }] },
    { title: t('jiggle.interval'), layout, items: JIGGLE_SECONDS.map((seconds) => ({
      label: seconds < 120 ? t('age.seconds', { seconds }) : t('age.minutes', { minutes: seconds / 60 }), checked: seconds === settings.seconds, keepOpen: true, action: () => change({ seconds }),
    })) },
    { title: t('jiggle.distance'), layout, items: JIGGLE_PIXELS.map((pixels) => ({ label: t('jiggle.pixels', { count: pixels }), checked: pixels === settings.pixels, keepOpen: true, action: () => change({ pixels }) })) },
  ];
}

/** @param {import('../video/picture-size.js').View} view */
export function describeView(view) {
  return view === 'fit' ? t('view.fit') : t('view.percent', { percent: view });
}

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function viewGroups(model, send) {
  const { scale, shape, isAdmin } = model;
  return [
    ...qualityGroups(model, send),
    { title: t('view.title'), items: VIEWS.map((own) => ({
      label: describeView(own), detail: own === '100' ? t('view.realSize') : '', checked: own === scale, action: () => send({ command: 'scale', scale: own }),
    })) },
    { title: t('view.shape'), items: SHAPES.map((own) => ({
      label: own === 'sent' ? t('view.shapeSent') : own, checked: own === shape, action: () => send({ command: 'shape', shape: own }),
    })) },
    { items: [
      { label: t('statistics.title'), detail: t('statistics.detail'), action: () => send({ command: 'statistics' }) },
      ...(isAdmin ? [{ label: t('capture.menu'), detail: t('capture.menuDetail'), action: () => send({ command: /** @type {const} */ ('capture') }) }] : []),
    ] },
  ];
}

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function panelGroups({ panels }, send) {
  return [{ items: panels.map(({ id, title }) => ({ label: title, action: () => send({ command: 'panel', id }) })) }];
}

/** @param {ToolbarModel} model @param {Send} send @returns {MenuGroups} */
export function userGroups({ user, isAdmin, lease, target }, send) {
  return [
    ...leaseGroups(lease, send),
    {
      title: user ? t('user.title', { user }) : undefined,
      items: [
        ...(isAdmin ? [
          setUpItem(target),
          { label: t('user.settings'), icon: 'settings', href: toAddress('/settings'), detail: t('user.newTab') },
          { label: t('user.plugins'), icon: 'panels', href: toAddress('/plugins'), detail: t('user.newTab') },
          { label: t('user.system'), icon: 'system', href: toAddress('/system/console'), detail: t('user.newTab') },
        ] : []),
        { label: t(isAdmin ? 'user.accountAdmin' : 'user.account'), icon: 'user', action: () => send({ command: 'account' }) },
        { label: t('user.logOut'), icon: 'logout', action: () => send({ command: 'logout' }) },
      ],
    },
    { title: t('language.title'), items: languageItems(send) },
  ];
}

/** The notice over the picture offers the same, but it can be hidden. @param {ToolbarModel['lease']} lease @param {Send} send @returns {MenuGroups} */
function leaseGroups(lease, send) {
  if (!lease) return [];
  return [{ title: lease.text, items: lease.actions.map((action) => ({ label: leaseLabel(action), action: () => send({ command: 'lease', action }) })) }];
}

/** Each language in its own words, so that everyone finds theirs. @param {Send} send */
function languageItems(send) {
  const preferred = preferredLanguage();
  const languages = Object.entries(LANGUAGES).map(([language, { name }]) => ({ language: /** @type {string | null} */ (language), label: name }));
  return [{ language: null, label: t('language.automatic') }, ...languages].map(({ language, label }) => ({
    label, checked: language === preferred, action: () => send({ command: 'language', language }),
  }));
}
