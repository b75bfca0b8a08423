// Names for filter expressions, and what passes each.

import { h, replace } from './dom.js';
import { ask, xray } from './ask.js';
import { FilterBar } from './filter-bar.js';
import { keysOfView } from './keys.js';
import { href } from './route.js';
import { count } from './format.js';

export class View extends HTMLElement {
  connectedCallback() {
    this.className = 'groups view sheet';
    this.said = h('pre.say', { role: 'alert' });
    this.rows = h('tbody');
    this.name = h('input', { type: 'text', maxlength: 32, pattern: '[A-Za-z0-9\\-]*', placeholder: 'slow-orders' });
    this.bar = new FilterBar('', () => {});
    this.append(h('header.bar', h('h1', 'Groups')),
      h('section', h('p', 'A group is a filter expression with a name: ', h('code', 'group.name = "…"'), ' in any filter, here and by the API.'),
        h('table', h('thead', h('tr', ['Group', 'Filter expression', 'Traces', ''].map((text) => h('th', { scope: 'col' }, text)))), this.rows)),
      h('section', h('h2', 'New group'), h('label.field', 'Name', this.name), this.bar, this.said, h('div.form', h('button.primary', { onclick: () => this.create() }, 'Create'))));
    keysOfView([['n', 'New group', () => this.name.focus()], ['r', 'Ask again', () => this.load()]]);
    this.load();
  }

  async load() {
    try {
      const { Groups } = await xray('Groups');
      replace(this.rows, Groups.map((group) => this.row(group)));
    } catch (error) {
      this.said.textContent = error.message;
    }
  }

  row(group) {
    const expression = group.FilterExpression || '';
    const filter = expression ? `group.name = ${JSON.stringify(group.GroupName)}` : '';
    const found = h('td', '…');
    ask('traces', { filter, limit: 0 }).then((answer) => replace(found, h('a', { href: href('traces', [], { filter }) }, count(answer.found))), (error) => (found.textContent = error.message));
    const input = h('input', { type: 'text', value: expression, spellcheck: 'false', 'aria-label': `Filter expression of ${group.GroupName}`, onchange: () => this.update(group, input) });
    return h('tr', h('th', { scope: 'row' }, group.GroupName), h('td.grow', group.GroupName === 'Default' ? h('small', 'everything') : input), found,
      h('td', h('a', { href: href('map', [], { filter }) }, 'Map'), ' ', group.GroupName === 'Default' ? null : h('button.quiet.danger', { onclick: () => this.remove(group) }, 'Delete')));
  }

  async act(operation, body) {
    try {
      await xray(operation, body);
      this.said.textContent = '';
      await this.load();
      return true;
    } catch (error) {
      this.said.textContent = error.message.replace(/^FilterExpression: /, '');
      return false;
    }
  }

  async update(group, input) {
    const right = await this.act('UpdateGroup', { GroupName: group.GroupName, FilterExpression: input.value });
    input.setAttribute('aria-invalid', String(!right));
  }

  remove(group) {
    if (confirm(`Delete the group ${group.GroupName}?`)) this.act('DeleteGroup', { GroupName: group.GroupName });
  }

  async create() {
    if (await this.act('CreateGroup', { GroupName: this.name.value, FilterExpression: this.bar.value })) {
      this.name.value = '';
      this.bar.put('');
    }
  }
}

customElements.define('desk-groups', View);
