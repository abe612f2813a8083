import { textAt, tryJson } from '../json.ts';

/** The text of a message, whose content is JSON in a string. Mentions (`@_user_1`) stay: the commands' reader skips leading ones. */
export const feishuText = (content: string): string => textAt(tryJson(content), 'text');
