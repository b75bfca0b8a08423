// Lines on a 24 by 24 grid.

import { svg } from './dom.js';

const PATHS = {
  traces: 'M3 6h18M7 12h10M12 18h8',
  map: 'M6 8a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM18 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM7 22a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8.500 6.500l7 4M9.600 17.600l6-4',
  sampling: 'M4 4h16l-6 8v7l-4 2v-9z',
  groups: 'M4 4h7v7H4zM13 4h7v7h-7zM4 13h7v7H4zM13 13h7v7h-7z',
  inbox: 'M3 13l3-9h12l3 9v7H3zM3 13h5l1.500 3h5L16 13h5',
  why: 'M9 9a3 3 0 1 1 4.500 2.600c-1 .6-1.500 1.200-1.500 2.400M12 17.500v.5M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20z',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  done: 'M4 12.500l5 5L20 6.500',
  brand: 'M3 6h18M7 12h9M13 18h7',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.400 1.400M17.600 17.600L19 19M5 19l1.400-1.400M17.600 6.400L19 5',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z',
};

export function icon(name) {
  return svg('svg.icon', { viewBox: '0 0 24 24', 'aria-hidden': 'true' }, svg('path', { d: PATHS[name] }));
}
