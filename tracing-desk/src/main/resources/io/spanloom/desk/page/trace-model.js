// A trace as columns of numbers, in the order of the tree, and what can be told from them: depth, self time, what was
// waited for, what is odd. Loops over arrays, never recursion: a trace may have 100,000 spans, all in one chain.

import { BAD, IN_PROGRESS, ORPHAN, SEGMENT, SKEW, HINT, SECRET } from './flags.js';

/** Clocks of two machines differ by this much without anybody minding, in microseconds. */
const TOLERANCE = 1000;

export class TraceModel {
  constructor(columns) {
    Object.assign(this, { id: columns.id, xrayId: columns.xrayId, complete: columns.complete, epoch: columns.start, texts: columns.texts, ids: columns.ids });
    this.size = columns.ids.length;
    this.parents = Int32Array.from(columns.parents);
    this.names = Int32Array.from(columns.names);
    this.services = Int32Array.from(columns.services);
    this.starts = Float64Array.from(columns.starts);
    this.ends = Float64Array.from(columns.ends);
    this.flags = Int32Array.from(columns.flags);
    this.rows = new Map(columns.ids.map((id, row) => [id, row]));
    this.measure();
    this.findSelfTimes();
    this.findSkew();
    this.findCritical();
  }

  name(row) {
    return this.texts[this.names[row]];
  }

  service(row) {
    return this.texts[this.services[row]];
  }

  /** Microseconds; of what is in progress, until the last that is known. */
  end(row) {
    return this.ends[row] < 0 ? this.length : Math.max(this.ends[row], this.starts[row]);
  }

  duration(row) {
    return this.end(row) - this.starts[row];
  }

  measure() {
    const { size, parents, starts, ends } = this;
    this.depths = new Int32Array(size);
    this.children = new Int32Array(size);
    this.lastBelow = new Int32Array(size);
    this.length = 1;
    this.deepest = 0;
    for (let row = 0; row < size; row++) {
      this.length = Math.max(this.length, ends[row], starts[row]);
      const parent = parents[row];
      // Parents come first; a circle that the desk has cut may point forward.
      if (parent >= 0 && parent < row) {
        this.depths[row] = this.depths[parent] + 1;
        this.children[parent]++;
      } else parents[row] = -1;
      this.deepest = Math.max(this.deepest, this.depths[row]);
      this.lastBelow[row] = row;
    }
    for (let row = size - 1; row >= 0; row--) {
      const parent = parents[row];
      if (parent >= 0 && this.lastBelow[row] > this.lastBelow[parent]) this.lastBelow[parent] = this.lastBelow[row];
    }
  }

  /** What no child covers. Children of one parent come by their start, so one pass is enough. */
  findSelfTimes() {
    const { size, parents, starts } = this;
    this.selfTimes = new Float64Array(size);
    const covered = new Float64Array(size);
    for (let row = 0; row < size; row++) {
      this.selfTimes[row] = this.duration(row);
      covered[row] = starts[row];
    }
    for (let row = 0; row < size; row++) {
      const parent = parents[row];
      if (parent < 0) continue;
      const from = Math.max(starts[row], covered[parent]), to = Math.min(this.end(row), this.end(parent));
      if (to > from) {
        this.selfTimes[parent] -= to - from;
        covered[parent] = to;
      }
    }
  }

  findSkew() {
    for (let row = 0; row < this.size; row++) {
      const parent = this.parents[row];
      if (parent >= 0 && this.flags[row] & SEGMENT && this.starts[row] + TOLERANCE < this.starts[parent]) this.flags[row] |= SKEW;
    }
  }

  /** From the end of the first root backwards, always to the child that ended last before. Pieces of [from, to] for each row. */
  findCritical() {
    const { size, parents, starts } = this;
    this.critical = new Map();
    this.criticalTimes = new Float64Array(size);
    if (!size) return;
    const below = new Map();
    for (let row = 0; row < size; row++) {
      const parent = parents[row];
      if (parent >= 0) (below.get(parent) || below.set(parent, []).get(parent)).push(row);
    }
    const open = [[0, this.end(0)]];
    while (open.length) {
      const [row, until] = open.pop();
      let at = until;
      const pieces = [];
      const children = below.get(row);
      if (children) {
        children.sort((a, b) => this.end(b) - this.end(a));
        for (const child of children) {
          if (starts[child] >= at || at <= starts[row]) continue;
          const end = Math.min(this.end(child), at);
          if (end <= starts[row]) continue;
          if (at > end) pieces.push([end, at]);
          open.push([child, end]);
          at = Math.max(starts[child], starts[row]);
        }
      }
      if (at > starts[row]) pieces.push([starts[row], at]);
      this.critical.set(row, pieces);
      for (const [from, to] of pieces) this.criticalTimes[row] += to - from;
    }
  }

  /** From the root down to a span. */
  way(row) {
    const way = [];
    for (let at = row; at >= 0; at = this.parents[at]) way.push(at);
    return way.reverse();
  }

  servicesByTime() {
    const times = new Map();
    for (let row = 0; row < this.size; row++) {
      const service = this.service(row) || '(no service)';
      const sum = times.get(service) || { service, spans: 0, self: 0, bad: 0 };
      sum.spans++;
      sum.self += this.selfTimes[row];
      if (this.flags[row] & BAD) sum.bad++;
      times.set(service, sum);
    }
    return [...times.values()].sort((a, b) => b.self - a.self);
  }

  slowestLeaves(most = 8) {
    const leaves = [];
    for (let row = 0; row < this.size; row++) if (!this.children[row]) leaves.push(row);
    return leaves.sort((a, b) => this.duration(b) - this.duration(a)).slice(0, most);
  }

  count(bits) {
    let count = 0;
    for (let row = 0; row < this.size; row++) if (this.flags[row] & bits) count++;
    return count;
  }

  first(bits) {
    for (let row = 0; row < this.size; row++) if (this.flags[row] & bits) return row;
    return -1;
  }

  /** What a reader of the picture should know of it. */
  warnings() {
    const found = [];
    const say = (bits, kind, text) => {
      const count = this.count(bits);
      if (count) found.push({ kind, count, bits, text: text(count) });
    };
    const s = (count) => (count === 1 ? '' : 's');
    say(ORPHAN, 'missing parent', (n) => `${n} span${s(n)} below a parent that has not come. A load balancer or an untraced caller may have made it up; or its document was lost.`);
    say(SKEW, 'clock skew', (n) => `${n} segment${s(n)} begin${n === 1 ? 's' : ''} before the call that led there: the clocks of two machines differ.`);
    say(IN_PROGRESS, 'in progress', (n) => `${n} span${s(n)} had not ended when last heard of.`);
    say(HINT, 'for X-Ray', (n) => `${n} span${s(n)} ${n === 1 ? 'holds' : 'hold'} something that the X-Ray service would refuse, cut or not index.`);
    say(SECRET, 'looks secret', (n) => `${n} span${s(n)} ${n === 1 ? 'holds' : 'hold'} a value that looks like a secret.`);
    return found;
  }
}
