// The frame around all views: navigation, theme, what the desk has done so far.

import { h, replace } from './dom.js';
import { current, href } from './route.js';
import { keysOfView, help } from './keys.js';
import { apply, choose, dark } from './theme.js';
import { icon } from './icons.js';
import { acceptDrops } from './import.js';
import { onStatus, watchStatus } from './live.js';
import { count } from './format.js';

const VIEWS = {
  traces: ['Traces', 'traces', () => import('./traces-view.js')],
  map: ['Map', 'map', () => import('./map-view.js')],
  sampling: ['Sampling', 'sampling', () => import('./sampling-view.js')],
  groups: ['Groups', 'groups', () => import('./groups-view.js')],
  inbox: ['Inbox', 'inbox', () => import('./inbox-view.js')],
  why: ['No trace?', 'why', () => import('./why-view.js')],
};
const HIDDEN = {
  trace: ['Trace', 'traces', () => import('./trace-view.js')],
  compare: ['Compare', 'traces', () => import('./compare-view.js')],
};

class DeskApp extends HTMLElement {
  connectedCallback() {
    apply();
    this.links = new Map(Object.entries(VIEWS).map(([name, [title, picture]]) => [
      name, h('a', { href: href(name) }, icon(picture), h('span', title)),
    ]));
    this.badge = h('b.badge', { hidden: true });
    this.links.get('inbox').append(this.badge);
    this.theme = h('button.quiet.theme', { onclick: () => this.switchTheme() });
    this.status = h('span.held', { role: 'status' });
    this.main = h('main', { id: 'main', tabindex: '-1' });
    this.append(
      h('a.skip', { href: '#main', onclick: (event) => { event.preventDefault(); this.main.focus(); } }, 'Skip to content'),
      h('nav.rail', { 'aria-label': 'Views' },
        h('a.brand', { href: href('traces'), 'aria-label': 'Trace desk, traces' }, icon('brand')),
        [...this.links.values()],
        h('div.foot', this.status,
          h('button.quiet', { onclick: help, 'aria-label': 'Keys', title: 'Keys (?)' }, '?'), this.theme)),
      this.main);
    this.nameTheme();
    addEventListener('hashchange', () => this.show());
    acceptDrops(this);
    onStatus((desk) => this.tell(desk));
    watchStatus();
    this.show();
  }

  async show() {
    const at = current();
    const [title, , load] = VIEWS[at.view] || HIDDEN[at.view] || VIEWS.traces;
    const shown = VIEWS[at.view] ? at.view : at.view === 'trace' || at.view === 'compare' ? 'traces' : '';
    for (const [name, link] of this.links) {
      if (name === shown) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    document.title = `${title} · Trace desk`;
    const asked = (this.asked = {});
    const { View } = await load();
    // Somebody has gone on meanwhile.
    if (asked !== this.asked) return;
    keysOfView([]);
    this.view = new View(at);
    replace(this.main, this.view);
  }

  tell(desk) {
    const rejected = desk.rejected.reduce((sum, one) => sum + one.count, 0);
    this.badge.hidden = rejected === 0;
    this.badge.textContent = count(rejected);
    this.badge.setAttribute('aria-label', `${rejected} rejected`);
    replace(this.status, h('b', count(desk.held)), ' held', desk.evicted ? h('span.warn', ` ${count(desk.evicted)} evicted`) : null);
  }

  switchTheme() {
    choose(dark() ? 'light' : 'dark');
    this.nameTheme();
  }

  nameTheme() {
    const other = dark() ? 'light' : 'dark';
    this.theme.setAttribute('aria-label', `Switch to ${other}`);
    this.theme.title = `Switch to ${other}`;
    replace(this.theme, icon(dark() ? 'sun' : 'moon'));
  }
}

customElements.define('desk-app', DeskApp);
