// One bit for each thing a span is, as SpanFlags.java has them.

export const ERROR = 1, FAULT = 2, THROTTLE = 4, SEGMENT = 8, IN_PROGRESS = 16, ORPHAN = 32, REMOTE = 64, AWS = 128;
export const SQL = 256, HTTP = 512, EXCEPTION = 1024, HINT = 2048, SECRET = 4096, OTLP = 8192;
/** Known to the page alone: begins before its parent does, by another machine's clock. */
export const SKEW = 1 << 20;

export const BAD = ERROR | FAULT | THROTTLE;

/** What a span is for whoever hides some of them: exactly one of these. */
export const KINDS = { segment: 'Segments', sql: 'SQL', aws: 'AWS calls', remote: 'Other calls', local: 'Local steps' };

export function kind(flags) {
  if (flags & SQL) return 'sql';
  if (flags & AWS) return 'aws';
  if (flags & REMOTE) return 'remote';
  return flags & SEGMENT ? 'segment' : 'local';
}

export function outcome(flags) {
  if (flags & FAULT) return 'fault';
  if (flags & THROTTLE) return 'throttle';
  if (flags & ERROR) return 'error';
  return flags & IN_PROGRESS ? 'progress' : 'ok';
}

/** The worse, the more: as the desk sorts. */
export const severity = (flags) => (flags & FAULT ? 3 : flags & ERROR ? 2 : flags & THROTTLE ? 1 : 0);

export const OUTCOME = { fault: 'Fault', error: 'Error', throttle: 'Throttled', progress: 'In progress', ok: 'OK' };
