// Which sampling rule decided a trace, and what the others would have done.

import { h } from './dom.js';
import { xray } from './ask.js';
import { percent } from './format.js';

/** What a rule asks of a request, by the API's names. */
export const FIELDS = ['ServiceName', 'HTTPMethod', 'URLPath', 'Host', 'ServiceType', 'ResourceARN'];

let rules = null;
let readAt = 0;

async function allRules() {
  if (!rules || Date.now() - readAt > 3000) {
    rules = (await xray('GetSamplingRules')).SamplingRuleRecords.map((record) => record.SamplingRule);
    readAt = Date.now();
  }
  return rules;
}

/** * and ?, whatever the case; in time proportional to both. */
export function matches(pattern, text) {
  const p = pattern.toLowerCase(), t = text.toLowerCase();
  let i = 0, j = 0, star = -1, from = 0;
  while (i < t.length) {
    if (j < p.length && p[j] !== '*' && (p[j] === '?' || p[j] === t[i])) [i, j] = [i + 1, j + 1];
    else if (p[j] === '*') [star, from, j] = [j, i, j + 1];
    else if (star >= 0) [j, from, i] = [star + 1, from + 1, from + 1];
    else return false;
  }
  while (p[j] === '*') j++;
  return j === p.length;
}

function request(span) {
  const url = span.http.request?.url || '';
  const parts = /^[a-z]+:\/\/([^/]*)([^?]*)/i.exec(url);
  return {
    ServiceName: span.service || '', ServiceType: span.details.origin || '', Host: parts ? parts[1] : '', HTTPMethod: span.http.request?.method || '',
    URLPath: parts ? parts[2] || '/' : url.split('?')[0], ResourceARN: span.details.resource_arn || '',
  };
}

/** What stands in the way of a rule; null if nothing does. */
export function objection(rule, asked) {
  for (const field of FIELDS) {
    if (rule[field] !== '*' && !matches(rule[field], asked[field])) return `${field} ${rule[field]} is not ${asked[field] || '(none)'}`;
  }
  return null;
}

export async function decision(span, document) {
  const told = document?.aws?.xray?.sampling_rule_name || document?.aws?.xray?.rule_name;
  if (span.parentId && !told) return null;
  const all = await allRules().catch(() => []);
  const asked = request(span);
  let first = null;
  const rows = all.map((rule) => {
    const why = objection(rule, asked);
    const would = !why && !first;
    if (would) first = rule;
    return h('tr', { class: rule.RuleName === told ? 'told' : would ? 'would' : 'not' }, h('th', { scope: 'row' }, rule.RuleName), h('td', `${rule.ReservoirSize}/s, then ${percent(rule.FixedRate)}`),
      h('td', rule.RuleName === told ? 'decided this trace' : why ? why : would ? 'would decide it now' : `matches, but ${first.RuleName} comes first`));
  });
  return [
    h('p', told ? ['Decided by rule ', h('b', told), '.'] : span.details.origin === undefined && !told ? 'The document does not say which rule decided: a rate of the program’s own, or its caller.' : 'The document does not say which rule decided.',
      told && first && first.RuleName !== told ? ` By the rules of now it would be ${first.RuleName}.` : ''),
    all.length ? h('table.decisions', h('caption', 'The rules of this desk, in the order in which they are tried'), h('tbody', rows)) : null,
  ];
}
