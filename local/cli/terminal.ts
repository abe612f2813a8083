import type { Log } from '../../shared/edge/log.ts';
import type { Progress } from '../../shared/flow/world.ts';
import { type Lang, langOf } from '../../shared/report/lang.ts';
import type { TextOptions } from '../../shared/report/text.ts';

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

/** The language that a person's terminal is set to, in the order in which the variables count. */
export const terminalLang = ({ LC_ALL, LC_MESSAGES, LANG }: Readonly<Record<string, string | undefined>>): Lang =>
  langOf(LC_ALL || LC_MESSAGES || LANG);

/** How the report is printed here: colours and the width of a terminal, neither where it goes to a file or a pipe. */
export function textOptions(lang: Lang): TextOptions {
  const { isTTY = false, columns } = process.stdout;
  const color = isTTY && !process.env.NO_COLOR;
  return isTTY ? { lang, color, width: columns } : { lang, color };
}
