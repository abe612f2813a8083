import type { Log } from '../../shared/edge/log.ts';
import type { Progress } from '../../shared/flow/world.ts';
import type { Lang } from '../../shared/report/lang.ts';

const STEPS: Readonly<Record<Lang, Readonly<Record<Progress['step'], string>>>> = {
  'zh-CN': { look: '查看资源池', quote: '询价', act: '执行' },
  en: { look: 'looking at regions', quote: 'asking prices', act: 'acting' },
};

/** One line on standard error that is written over while a run works, for people only. */
export function progressLine(lang: Lang, stream: NodeJS.WriteStream = process.stderr) {
  const shown = stream.isTTY;
  return {
    show: ({ step, done, total }: Progress): void => {
      if (shown) stream.write(`\r\x1b[2K… ${STEPS[lang][step]} ${done}/${total}`);
    },
    clear: (): void => {
      if (shown) stream.write('\r\x1b[2K');
    },
  };
}

/** Logs for a terminal: on standard error, one line each. What the printed report tells is not told twice. */
export const terminalLog: Log = {
  info: () => undefined,
  warn: (message, fields = {}) => void process.stderr.write(`${line(message, fields)}\n`),
  error: () => undefined,
};

const line = (message: string, fields: Readonly<Record<string, unknown>>): string =>
  ['warn', message, ...Object.entries(fields).map(([name, value]) => `${name}=${String(value)}`)].join(' ');

/** The AWS SDK prints on Node 20 that it wants a newer one in 2027: no news for a person who runs a command today. */
export function quietSdk(): void {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
}

/** The columns of the terminal that the report is printed on; nothing where it goes to a file or a pipe. */
export function terminalWidth(): { width?: number } {
  return process.stdout.isTTY ? { width: process.stdout.columns } : {};
}
