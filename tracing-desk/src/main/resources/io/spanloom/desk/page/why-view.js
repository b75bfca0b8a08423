// Why is there no trace? The way of a trace to this page, step by step, with what the desk knows of each.

import { h, replace } from './dom.js';
import { answerOf, ask, xray } from './ask.js';
import { count, counted, percent } from './format.js';
import { go } from './route.js';
import { tell } from './toast.js';

export class View extends HTMLElement {
  connectedCallback() {
    this.className = 'why view sheet';
    this.steps = h('ol.steps');
    this.said = h('p.say', { role: 'status' });
    this.found = h('ul.remarks', { 'aria-label': 'Findings', hidden: true });
    this.wanted = h('input', { type: 'text', size: 40, spellcheck: 'false', placeholder: '1-6b014935-7ad1c6780862287cab74ea3d or 32 hex digits', onkeydown: (event) => event.key === 'Enter' && this.look() });
    this.append(h('header.bar', h('h1', 'Why is there no trace?')),
      h('section', h('div.form', h('label.field', 'Trace id, from a log or a response header', this.wanted), h('button.primary', { onclick: () => this.look() }, 'Look for it')), this.said, this.found), this.steps);
    this.load();
    this.again = setInterval(() => !document.hidden && this.load(), 3000);
  }

  disconnectedCallback() {
    clearInterval(this.again);
  }

  /** Also a whole header, in either form. */
  async look() {
    const text = this.wanted.value.trim();
    const found = /1-[0-9a-f]{8}-[0-9a-f]{24}/i.exec(text)?.[0] || /\b[0-9a-f]{32}\b/i.exec(text)?.[0];
    if (!found) {
      this.said.textContent = 'This holds no trace id: 1-, 8 hex digits, -, 24 hex digits, or 32 hex digits.';
      return;
    }
    const unsampled = /Sampled=0|-00$/.test(text);
    try {
      await ask('revision', { id: found });
      go('trace', [found]);
    } catch {
      const { findings } = await answerOf(`/desk/why?id=${found}`).catch(() => ({ findings: [] }));
      this.found.hidden = !findings.length;
      replace(this.found, findings.map((one) => h('li', { class: one.level === 'problem' ? 'warn' : '' }, h('b', one.check), ' ', one.text)));
      this.said.textContent = unsampled ? 'The header says that this trace is not sampled (Sampled=0 or flags 00): nobody has sent anything of it.'
        : `The desk does not hold ${found}. It was not sampled, not sent here, rejected, or given up for newer ones: see below.`;
    }
  }

  async load() {
    const [{ desk }, { SamplingStatisticSummaries }] = await Promise.all([ask('status'), xray('SamplingStatisticSummaries')]).catch(() => [{}, {}]);
    if (!desk) return;
    const key = JSON.stringify([desk, SamplingStatisticSummaries]);
    if (key === this.shown) return;
    this.shown = key;
    const { addresses } = desk;
    const rejected = desk.rejected.reduce((sum, one) => sum + one.count, 0);
    const seen = SamplingStatisticSummaries.reduce((sum, one) => sum + one.RequestCount, 0), sampled = SamplingStatisticSummaries.reduce((sum, one) => sum + one.SampledCount, 0);
    replace(this.steps,
      step('good', '✓', 'The desk listens', h('p', 'X-Ray daemon protocol at ', h('code', addresses.xray), ' (UDP, and TCP for sampling rules); OTLP over HTTP at ', h('code', `http://${addresses.otlp}/v1/traces`), '.')),
      step(desk.received ? 'good' : 'bad', desk.received ? '✓' : '✕', desk.received ? `${counted(desk.received, 'document')} have come` : 'Nothing has come yet',
        desk.received ? null : [h('p', 'A program sends here if it is told so:'), h('pre', `# X-Ray SDKs\nAWS_XRAY_DAEMON_ADDRESS=${addresses.xray}\n# OpenTelemetry\nOTEL_EXPORTER_OTLP_ENDPOINT=http://${addresses.otlp}\nOTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n# Spanloom: one of\nTRACING_BACKEND=xray\nTRACING_BACKEND=otel`),
          h('p', 'UDP tells nobody when nobody listens: a wrong port is silent. In a container 127.0.0.1 is the container itself: the desk then needs --listen-all, and the program the name of its host.'),
          h('p', 'Send one by hand:'), h('pre', sample(addresses))]),
      step(rejected ? 'bad' : 'good', rejected ? '✕' : '✓', rejected ? `${count(rejected)} were rejected` : 'Nothing was rejected', rejected ? h('p', desk.rejected.map((one) => `${one.text}: ${one.count}`).join('; '), ' ', h('a', { href: '#/inbox' }, 'Inbox')) : null),
      step(seen && sampled < seen ? 'warn' : seen ? 'good' : '', seen ? (sampled < seen ? '!' : '✓') : '?', seen ? `Of ${count(seen)} requests ${count(sampled)} were sampled (${percent(sampled / seen)})` : 'No program has reported what it sampled',
        seen && sampled < seen ? h('p', 'To see everything: ', h('button.link', { onclick: () => this.everything() }, 'let Default sample all'), ' or ', h('a', { href: '#/sampling' }, 'change the rules'), '. Programs ask for them every few minutes.')
          : h('p', 'Programs that decide by themselves do not report. In Spanloom: ', h('code', 'tracing.sampling'), '; in OpenTelemetry: ', h('code', 'OTEL_TRACES_SAMPLER=always_on'), '.')),
      step(desk.evicted ? 'warn' : 'good', desk.evicted ? '!' : '✓', desk.evicted ? `${counted(desk.evicted, 'trace')} were given up for newer ones` : 'None was given up', h('p', `${count(desk.held)} are held; the bounds are ${count(desk.maxTraces)} traces and ${count(Math.round(desk.maxBytes / 1048576))} MiB.`)),
      step('', '?', 'It may be here and not be seen', h('p', 'A filter, a brushed range, what is ignored, or the pause hides it: ', h('a', { href: '#/traces' }, 'all traces, without a filter'), '. A trace whose root never came has the name of its first span, and says so.')));
  }

  async everything() {
    try {
      await xray('UpdateSamplingRule', { SamplingRuleUpdate: { RuleName: 'Default', FixedRate: 1 } });
      await this.load();
    } catch (error) {
      tell(error.message, [], true);
    }
  }
}

function step(kind, sign, title, ...rest) {
  return h('li', { class: kind }, h('span.verdict', { 'aria-hidden': 'true' }, sign), h('div', h('h2', title), rest));
}

function sample(addresses) {
  const [host, port] = [addresses.xray.slice(0, addresses.xray.lastIndexOf(':')), addresses.xray.slice(addresses.xray.lastIndexOf(':') + 1)];
  return `printf '{"format":"json","version":1}\\n{"trace_id":"1-%x-%024x","id":"%016x","name":"hello","start_time":%s,"end_time":%s.5}' \\\n  $(date +%s) $RANDOM$RANDOM $RANDOM$RANDOM $(date +%s) $(date +%s) > /dev/udp/${host}/${port}`;
}

customElements.define('desk-why', View);
