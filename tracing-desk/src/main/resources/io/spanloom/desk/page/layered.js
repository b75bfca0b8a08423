// Where the boxes of a graph stand: callers left, callees right, with as few crossings as a few sweeps find.

const SWEEPS = 12;

/**
 * @param nodes [{id}]
 * @param edges [{from, to}] by id
 * @returns layers of ids, each from top to bottom, and for each edge whether it runs backwards
 */
export function layers(nodes, edges) {
  const out = new Map(nodes.map((node) => [node.id, []])), into = new Map(nodes.map((node) => [node.id, 0]));
  for (const edge of edges) if (edge.from !== edge.to) out.get(edge.from).push(edge);
  const back = backEdges(nodes, out);
  for (const edge of edges) if (edge.from !== edge.to && !back.has(edge)) into.set(edge.to, into.get(edge.to) + 1);
  const level = new Map(), ready = nodes.filter((node) => into.get(node.id) === 0).map((node) => node.id);
  for (const id of ready) level.set(id, 0);
  while (ready.length) {
    const id = ready.shift();
    for (const edge of out.get(id)) {
      if (back.has(edge)) continue;
      level.set(edge.to, Math.max(level.get(edge.to) || 0, level.get(id) + 1));
      into.set(edge.to, into.get(edge.to) - 1);
      if (into.get(edge.to) === 0) ready.push(edge.to);
    }
  }
  const columns = [];
  for (const node of nodes) (columns[level.get(node.id) || 0] ||= []).push(node.id);
  const filled = columns.filter(Boolean);
  order(filled, edges);
  return { columns: filled, back };
}

/** Edges that close a circle, found by a walk in depth. */
function backEdges(nodes, out) {
  const back = new Set(), state = new Map();
  for (const node of nodes) {
    if (state.has(node.id)) continue;
    const open = [[node.id, 0]];
    state.set(node.id, 'open');
    while (open.length) {
      const top = open[open.length - 1], edge = out.get(top[0])[top[1]++];
      if (!edge) {
        state.set(top[0], 'done');
        open.pop();
      } else if (state.get(edge.to) === 'open') back.add(edge);
      else if (!state.has(edge.to)) {
        state.set(edge.to, 'open');
        open.push([edge.to, 0]);
      }
    }
  }
  return back;
}

/** Each node towards the middle of its neighbours, from left to right and back. */
function order(columns, edges) {
  const near = new Map();
  for (const { from, to } of edges) {
    (near.get(from) || near.set(from, []).get(from)).push(to);
    (near.get(to) || near.set(to, []).get(to)).push(from);
  }
  const at = new Map();
  const place = () => columns.forEach((column) => column.forEach((id, i) => at.set(id, (i + 0.5) / column.length)));
  place();
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const turn = sweep % 2 ? [...columns].reverse() : columns;
    for (const column of turn) {
      const middle = new Map(column.map((id) => {
        const others = (near.get(id) || []).map((other) => at.get(other));
        return [id, others.length ? others.reduce((sum, one) => sum + one, 0) / others.length : at.get(id)];
      }));
      column.sort((a, b) => middle.get(a) - middle.get(b));
      column.forEach((id, i) => at.set(id, (i + 0.5) / column.length));
    }
  }
}
