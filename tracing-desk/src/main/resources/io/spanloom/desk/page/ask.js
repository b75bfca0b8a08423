// Questions to the desk: the page's own below /page/api, and the X-Ray API by its operations' names.

export class Refused extends Error {
  constructor(status, answer) {
    super(answer.error || answer.Message || `the desk answered ${status}`);
    this.status = status;
    this.position = answer.position;
  }
}

async function read(response) {
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, answer);
  return answer;
}

/** What is not given, or is empty, is left out. */
export function query(parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return new URLSearchParams(given).toString();
}

export async function ask(question, parameters = {}, options = {}) {
  return read(await fetch(`/page/api/${question}?${query(parameters)}`, options));
}

/** What the desk says to its command line, too: below /desk/. */
export async function answerOf(path) {
  return read(await fetch(path));
}

/** How many traces the desk has forgotten: all. */
export async function clearTraces() {
  return (await read(await fetch('/desk/traces', { method: 'DELETE' }))).cleared;
}

/** An operation of the X-Ray API, such as GetGroups. */
export async function xray(path, body = {}) {
  return read(await fetch(`/${path}`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }));
}

export async function importOtlp(text) {
  return read(await fetch('/page/api/import', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text }));
}
