import ts from 'typescript';

/** The texts that a source file shows to the user: the message keys that it uses, and texts that it contains. */

/** Attributes and properties with visible or spoken values. */
const VISIBLE = new Set(['title', 'aria-label', 'aria-roledescription', 'placeholder', 'alt', 'label', 'detail', 'headline', 'reason', 'text', 'name', 'caption']);
/** Functions whose arguments are visible, by the index of the first and the last such argument. */
const SINKS = { h: [2, Infinity], setText: [1, 1], textField: [1, 1], passwordField: [1, 1], actionButton: [0, 0], confirmingButton: [0, 1], createFigure: [0, 0], showToast: [1, 1], showRefusal: [0, 0], showMessage: [1, 1], setCaption: [0, 0] };
/** Properties that can be assigned and are visible. */
const ASSIGNED = new Set(['textContent', 'title', 'placeholder', 'alt', 'innerText', 'ariaLabel']);
/** Proper names, which no language translates. */
const PROPER_NAMES = new Set(['Catseye']);

/** A word of letters; a single letter, a sign or a unit such as `×2` needs no translation. @param {string} text */
const hasWords = (text) => /\p{L}{2,}/u.test(text) && !PROPER_NAMES.has(text.trim());

/** Whether a literal looks like text for people, wherever it is used: a capital first and another word, or words with a full stop. @param {string} text */
const readsLikeText = (text) => /^\s*\p{Lu}\p{Ll}+ \p{L}/u.test(text) || / .*\p{L}{2,}[.…!?]$/u.test(text);

/** The literal texts that an expression may have as its value. @param {ts.Node} node @returns {string[]} */
function literalsOf(node) {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [[node.head, ...node.templateSpans.map(({ literal }) => literal)].map(({ text }) => text).join('')];
  if (ts.isConditionalExpression(node)) return [...literalsOf(node.whenTrue), ...literalsOf(node.whenFalse)];
  if (ts.isBinaryExpression(node)) return [...literalsOf(node.left), ...literalsOf(node.right)];
  if (ts.isParenthesizedExpression(node)) return literalsOf(node.expression);
  return [];
}

/** @param {ts.CallExpression} call @returns {string} the name of the function or method */
const calledName = ({ expression }) => (ts.isIdentifier(expression) ? expression.text : ts.isPropertyAccessExpression(expression) ? expression.name.text.replace(/^#/, '') : '');

/** @param {ts.Node} node @returns {ts.Expression[]} the parts of this node that become visible */
function visibleParts(node) {
  if (ts.isCallExpression(node)) {
    const name = calledName(node);
    if (name === 'setAttribute') return node.arguments.length > 1 && node.arguments.slice(0, -1).some((argument) => literalsOf(argument).some((text) => VISIBLE.has(text) && text !== 'name')) ? [node.arguments[node.arguments.length - 1]] : [];
    const [first, last] = Object.hasOwn(SINKS, name) ? SINKS[name] : [Infinity, 0];
    return node.arguments.filter((_, index) => index >= first && index <= last);
  }
  if (ts.isPropertyAssignment(node)) {
    const name = ts.isStringLiteral(node.name) || ts.isIdentifier(node.name) ? node.name.text : '';
    return VISIBLE.has(name) && name !== 'name' ? [node.initializer] : [];
  }
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken && ts.isPropertyAccessExpression(node.left) && ASSIGNED.has(node.left.name.text)) return [node.right];
  return [];
}

/** @param {ts.Node} node @param {(node: ts.Node) => boolean | void} visit true: not its children */
function walk(node, visit) {
  if (!visit(node)) ts.forEachChild(node, (child) => walk(child, visit));
}

/** @param {string} source @param {(node: ts.Node) => boolean | void} visit */
function walkSource(source, visit) {
  walk(ts.createSourceFile('source.js', source, ts.ScriptTarget.ES2022, true, ts.ScriptKind.JS), visit);
}

/** @param {string} source @returns {string[]} visible texts that are written into the source instead of the message files */
export function textsIn(source) {
  /** @type {Set<string>} */ const found = new Set();
  walkSource(source, (node) => {
    // Exceptions are for developers.
    if (ts.isNewExpression(node) || ts.isThrowStatement(node)) return true;
    for (const text of visibleParts(node).flatMap(literalsOf)) if (hasWords(text)) found.add(text);
    if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) for (const text of literalsOf(node)) if (readsLikeText(text)) found.add(text);
    return false;
  });
  return [...found];
}

/** @param {string} source @param {Set<string>} keys all existing keys @returns {Set<string>} those that the source names in a literal */
export function keysIn(source, keys) {
  /** @type {Set<string>} */ const found = new Set();
  walkSource(source, (node) => {
    if (ts.isStringLiteralLike(node) && keys.has(node.text)) found.add(node.text);
  });
  return found;
}

/**
 * @param {string} source
 * @returns {{keys: string[], values: string[]}[]} of each call of `t`: the keys it may name and the placeholders it fills; calls whose values are
 *   no object literal are left out
 */
export function callsIn(source) {
  /** @type {{keys: string[], values: string[]}[]} */ const calls = [];
  walkSource(source, (node) => {
    if (!ts.isCallExpression(node) || calledName(node) !== 't') return;
    const [key, values] = node.arguments;
    if (values && !ts.isObjectLiteralExpression(values)) return;
    calls.push({ keys: literalsOf(key), values: (values?.properties ?? []).map(({ name }) => name?.getText() ?? '') });
  });
  return calls;
}
