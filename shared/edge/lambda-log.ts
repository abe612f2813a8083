import type { Log } from './log.ts';

type Fields = Readonly<Record<string, unknown>>;
type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

const RANKS: Readonly<Record<string, number>> = { DEBUG: 0, INFO: 1, WARN: 2, ERROR: 3 };

/**
 * JSON lines for CloudWatch, each with the function's name and the stage (`STAGE`); the lowest level that is written comes
 * from `LOG_LEVEL` (DEBUG, INFO, WARN, ERROR), the service from `POWERTOOLS_SERVICE_NAME`, as the metrics' does.
 *
 * Lines go to the standard output itself, since Lambda's `console` puts words of its own before them. A logging library
 * would be twenty kilobytes of every bundle.
 */
export function lambdaLog(name: string, write: (line: string) => void = line => process.stdout.write(line)): Log {
  const { STAGE, POWERTOOLS_SERVICE_NAME, LOG_LEVEL = 'INFO' } = process.env;
  const service = POWERTOOLS_SERVICE_NAME || 'eip-autopilot';
  const lowest = RANKS[LOG_LEVEL.toUpperCase()] ?? 1;
  const say = (level: Level, message: string, fields: Fields): void => {
    if ((RANKS[level] ?? 1) < lowest) return;
    write(`${lineOf({ level, message, timestamp: new Date().toISOString(), service }, fields)}\n`);
  };
  return writing(say, { function: name, ...(STAGE ? { stage: STAGE } : {}) });
}

/** A child holds what it adds, and shares nothing: invocations may overlap on one process. */
const writing = (say: (level: Level, message: string, fields: Fields) => void, own: Fields): Log => ({
  info: (message, fields) => say('INFO', message, { ...own, ...fields }),
  warn: (message, fields) => say('WARN', message, { ...own, ...fields }),
  error: (message, fields) => say('ERROR', message, { ...own, ...fields }),
  with: more => writing(say, { ...own, ...more }),
});

/** What every line has is never replaced by a field. A field that is no data is told as such: a log never throws. */
function lineOf(line: Fields, fields: Fields): string {
  try {
    return JSON.stringify({ ...fields, ...line }, plain);
  } catch (error) {
    return JSON.stringify({ ...line, unreadable: Object.keys(fields), why: String(error) });
  }
}

const plain = (_: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value);
  return value instanceof Error ? { name: value.name, message: value.message } : value;
};
