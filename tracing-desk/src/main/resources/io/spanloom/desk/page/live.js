// What has just come: one stream while somebody looks at it, and now and then what the desk has done so far.

import { ask, query } from './ask.js';

const listeners = new Set();
let last = null;

export function onStatus(listener) {
  listeners.add(listener);
  if (last) listener(last);
  return () => listeners.delete(listener);
}

function tell(desk) {
  last = desk;
  for (const listener of listeners) listener(desk);
}

export async function watchStatus() {
  try {
    if (!document.hidden) tell((await ask('status')).desk);
  } catch {
    // The desk has ended or begins again; the next question will tell.
  }
  setTimeout(watchStatus, 3000);
}

/** @param news called with each message; @param state called with 'live' or 'lost' */
export function stream(parameters, news, state) {
  const events = new EventSource(`/page/api/live?${query(parameters)}`);
  events.onopen = () => state('live');
  events.onerror = () => state('lost');
  events.onmessage = (event) => {
    const message = JSON.parse(event.data);
    tell(message.desk);
    news(message);
  };
  return () => events.close();
}
