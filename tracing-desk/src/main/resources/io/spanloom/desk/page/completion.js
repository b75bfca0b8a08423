// What may stand at the caret of a filter expression: keywords, and the names that the desk has seen.

import { ask } from './ask.js';

const FORMS = [
  { text: 'service("…")', insert: 'service("")', back: 2, kind: 'service' },
  { text: 'service("…") { … }', insert: 'service("") {  }', back: 7, kind: 'service with conditions' },
  { text: 'edge("…", "…")', insert: 'edge("", "")', back: 6, kind: 'call' },
  { text: 'annotation[…]', insert: 'annotation[]', back: 1, kind: 'annotation' },
  { text: 'group.name = "…"', insert: 'group.name = ""', back: 1, kind: 'group' },
];
const WORDS = ['AND', 'OR'].map((text) => ({ text, insert: `${text} `, kind: 'operator' }));
const TEXTS = new Set(['http.url', 'http.method', 'http.useragent', 'http.clientip', 'user', 'name', 'type', 'message',
  'availabilityzone', 'instance.id', 'resource.arn']);
const OF_CAUSES = new Set(['first', 'last', 'index', 'remote', 'coverage', 'root']);
const MAX = 12;

let known = { keywords: [], services: [], annotations: [] };

export async function loadWords() {
  try {
    known = await ask('words');
  } catch {
    // Without them there are the forms.
  }
}

/** Where the word at the caret begins, and what it may become. */
export function completions(text, caret, all = false) {
  const head = text.slice(0, caret);
  const quoted = /"((?:[^"\\]|\\.)*)$/.exec(unquoted(head));
  if (quoted) {
    const before = head.slice(0, head.length - quoted[0].length);
    const names = /(?:service|edge|id)\s*\([^)]*$/i.test(before) || /\bname\s*=\s*$/i.test(before) ? known.services : [];
    const from = caret - quoted[1].length;
    return { from, words: match(names.map((name) => ({ text: name, insert: JSON.stringify(name).slice(1, -1), kind: 'service' })), quoted[1]) };
  }
  const bracket = /annotation\[([^\]]*)$/i.exec(head);
  if (bracket) {
    const keys = known.annotations.map((key) => ({ text: key, insert: key, kind: 'annotation' }));
    return { from: caret - bracket[1].length, words: match(keys, bracket[1]) };
  }
  const word = /[A-Za-z_.]*$/.exec(head)[0];
  if (!word && !all) return { from: caret, words: [] };
  const keywords = known.keywords.filter((keyword) => !OF_CAUSES.has(keyword)).map((keyword) => ({
    text: keyword, insert: TEXTS.has(keyword) ? `${keyword} = ""` : keyword, back: TEXTS.has(keyword) ? 1 : 0, kind: 'keyword' }));
  const annotations = known.annotations.map((key) => ({
    text: `annotation[${key}]`, insert: `annotation[${key}]`, kind: 'annotation' }));
  return { from: caret - word.length, words: match([...FORMS, ...keywords, ...annotations, ...WORDS], word) };
}

/** Everything that stands in closed quotes, blanked: what is left of quotes is open. */
function unquoted(text) {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, (quoted) => '_'.repeat(quoted.length));
}

function match(words, typed) {
  const lower = typed.toLowerCase();
  const begins = words.filter((word) => word.text.toLowerCase().startsWith(lower));
  const holds = lower.length > 1 ? words.filter((word) => !begins.includes(word) && word.text.toLowerCase().includes(lower)) : [];
  return [...begins, ...holds].filter((word) => word.insert !== typed).slice(0, MAX);
}
