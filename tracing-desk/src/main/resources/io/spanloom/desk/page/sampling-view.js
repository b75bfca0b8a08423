// The sampling rules, what each decided, and changing them: what programs get at their next poll.

import { h, replace } from './dom.js';
import { xray } from './ask.js';
import { keysOfView } from './keys.js';
import { FIELDS, objection } from './decision.js';
import { count, percent } from './format.js';

const NAMES = { ServiceName: 'Service', HTTPMethod: 'Method', URLPath: 'Path', Host: 'Host', ServiceType: 'Type', ResourceARN: 'ARN' };

export class View extends HTMLElement {
  connectedCallback() {
    this.className = 'sampling view sheet';
    this.tabIndex = -1;
    this.said = h('pre.say', { role: 'alert' });
    this.rules = h('tbody');
    this.append(h('header.bar', h('h1', 'Sampling'), h('span.space'), h('button.primary', { onclick: () => this.edit(null) }, 'New rule')),
      h('section', h('p', 'Programs ask for these rules every few minutes and report what they decided every ten seconds. They are tried from the top; the first that matches decides: so many a second from its reservoir, then its rate.'),
        this.said, h('table', h('thead', h('tr', ['Order', 'Rule', 'Matches', 'Reservoir', 'Rate', 'Seen', 'Sampled', '', ''].map((text) => h('th', { scope: 'col' }, text)))), this.rules)),
      this.tryOut());
    keysOfView([['n', 'New rule', () => this.edit(null)], ['r', 'Ask again', () => this.load()]]);
    this.load();
    this.again = setInterval(() => !document.hidden && !this.editing && this.load(), 2000);
  }

  disconnectedCallback() {
    clearInterval(this.again);
  }

  async load() {
    try {
      const [{ SamplingRuleRecords }, { SamplingStatisticSummaries }] = await Promise.all([xray('GetSamplingRules'), xray('SamplingStatisticSummaries')]);
      const sums = new Map(SamplingStatisticSummaries.map((sum) => [sum.RuleName, sum]));
      this.all = SamplingRuleRecords.map((record) => record.SamplingRule);
      // What has the focus is left as it is.
      const same = [...this.rules.children].map((row) => row.dataset.rule).join() === this.all.map((rule) => rule.RuleName).join();
      if (same && this.rules.contains(document.activeElement)) this.update(sums);
      else replace(this.rules, this.all.map((rule) => this.row(rule, sums.get(rule.RuleName))));
      this.test?.();
    } catch (error) {
      this.said.textContent = error.message;
    }
  }

  update(sums) {
    for (const row of this.rules.children) this.fill(row, sums.get(row.dataset.rule));
  }

  row(rule, sum) {
    const patterns = FIELDS.filter((field) => rule[field] !== '*').map((field) => `${NAMES[field]} ${rule[field]}`);
    const row = h('tr', { 'data-rule': rule.RuleName }, h('td', rule.Priority), h('th', { scope: 'row' }, rule.RuleName), h('td', patterns.join(', ') || h('small', 'everything')),
      this.cell(rule, 'ReservoirSize', { min: 0, step: 1 }, ' a second'), this.cell(rule, 'FixedRate', { min: 0, max: 1, step: 'any' }),
      h('td.seen'), h('td.sampled'), h('td', h('span.share-bar', { 'aria-hidden': 'true' }, h('i'))),
      h('td', h('button.quiet', { onclick: () => this.edit(rule) }, 'Edit'), rule.RuleName === 'Default' ? null : h('button.quiet.danger', { onclick: () => this.remove(rule) }, 'Delete')));
    this.fill(row, sum);
    return row;
  }

  fill(row, sum) {
    const seen = sum?.RequestCount || 0, sampled = sum?.SampledCount || 0;
    row.querySelector('.seen').textContent = count(seen);
    row.querySelector('.sampled').textContent = seen ? `${count(sampled)} (${percent(sampled / seen)})` : '0';
    row.querySelector('.share-bar i').style.width = `${seen ? (100 * sampled) / seen : 0}%`;
  }

  /** A number that can be changed where it stands. */
  cell(rule, field, limits, unit = '') {
    const input = h('input', { type: 'number', value: String(rule[field]), 'aria-label': `${field} of ${rule.RuleName}`, ...limits, onchange: () => this.save(rule.RuleName, { [field]: Number(input.value) }, input),
      onkeydown: (event) => event.key === 'Enter' && input.blur() });
    return h('td', input, unit ? h('small', unit) : null);
  }

  async save(name, changes, input) {
    try {
      await xray('UpdateSamplingRule', { SamplingRuleUpdate: { RuleName: name, ...changes } });
      this.said.textContent = '';
      input?.setAttribute('aria-invalid', 'false');
      await this.load();
      return true;
    } catch (error) {
      this.said.textContent = error.message;
      input?.setAttribute('aria-invalid', 'true');
      return false;
    }
  }

  async remove(rule) {
    if (!confirm(`Delete the rule ${rule.RuleName}?`)) return;
    await xray('DeleteSamplingRule', { RuleName: rule.RuleName }).catch((error) => (this.said.textContent = error.message));
    this.load();
  }

  /** @param rule null for a new one */
  edit(rule) {
    this.editing = true;
    const fields = {};
    const input = (name, value, attributes = {}) => h('label.field', NAMES[name] || name, (fields[name] = h('input', { type: 'text', value: String(value), ...attributes })));
    const said = h('pre.say', { role: 'alert' });
    const fixed = rule?.RuleName === 'Default';
    const dialog = h('dialog', { 'aria-label': rule ? `Rule ${rule.RuleName}` : 'New rule', onclose: () => { this.editing = false; dialog.remove(); this.load(); } },
      h('header', h('h2', rule ? `Rule ${rule.RuleName}` : 'New rule'), h('button.quiet', { 'aria-label': 'Close', onclick: () => dialog.close() }, '✕')),
      h('div.sheet', h('div.form', rule ? null : input('RuleName', '', { maxlength: 32 }), fixed ? null : input('Priority', rule?.Priority ?? 100, { type: 'number', min: 1, max: 9999 }),
        input('ReservoirSize', rule?.ReservoirSize ?? 1, { type: 'number', min: 0 }), input('FixedRate', rule?.FixedRate ?? 0.05, { type: 'number', min: 0, max: 1, step: 'any' })),
      fixed ? null : h('div.form', FIELDS.map((name) => input(name, rule?.[name] ?? '*'))), said,
      h('div.form', h('button.primary', { onclick: async () => {
        const values = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.type === 'number' ? Number(field.value) : field.value]));
        try {
          if (rule) await xray('UpdateSamplingRule', { SamplingRuleUpdate: { RuleName: rule.RuleName, ...values } });
          else await xray('CreateSamplingRule', { SamplingRule: { Version: 1, ...values } });
          dialog.close();
        } catch (error) {
          said.textContent = error.message;
        }
      } }, 'Save'), h('button', { onclick: () => dialog.close() }, 'Cancel'))));
    document.body.append(dialog);
    dialog.showModal();
  }

  /** What would decide a request that has not been made. */
  tryOut() {
    const fields = {};
    const field = (name, value) => h('label.field', NAMES[name], (fields[name] = h('input', { type: 'text', value, oninput: () => this.test() })));
    const result = h('p.lead', { role: 'status' });
    this.test = () => {
      if (!this.all) return;
      const asked = Object.fromEntries(FIELDS.map((name) => [name, fields[name]?.value || '']));
      const tried = this.all.map((rule) => [rule, objection(rule, asked)]);
      const winner = tried.find(([, why]) => !why);
      const before = winner ? tried.slice(0, tried.indexOf(winner)) : tried;
      replace(result, winner ? ['Rule ', h('b', winner[0].RuleName), ` decides: ${winner[0].ReservoirSize} a second, then ${percent(winner[0].FixedRate)}. `] : 'No rule matches.',
        h('small', before.map(([rule, why]) => `${rule.RuleName}: ${why}`).join('; ')));
    };
    return h('section', h('h2', 'Which rule would decide?'), h('div.form', field('ServiceName', 'backend'), field('HTTPMethod', 'GET'), field('URLPath', '/api/health'), field('Host', 'localhost')), result);
  }
}

customElements.define('desk-sampling', View);
