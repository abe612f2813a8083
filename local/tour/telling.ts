import type { Report } from '../../shared/model/report.ts';
import type { Lang } from '../../shared/report/lang.ts';
import { reportText } from '../../shared/report/text.ts';
import { textOptions } from '../cli/terminal.ts';

export function say(title: string, text: string): void {
  process.stdout.write(`${title}\n\n${text}\n\n`);
}

export async function shown(title: string, running: Promise<Report>, lang: Lang): Promise<Report> {
  const report = await running;
  say(title, reportText(report, textOptions(lang)));
  return report;
}
