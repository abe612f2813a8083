/** The languages of reports. */
export type Lang = 'zh-CN' | 'en';

/** The language of a `--lang` or `LANG` value: `zh_CN.UTF-8` -> `zh-CN`; anything but Chinese, and nothing, is English. */
export const langOf = (value: string | undefined): Lang => (/^zh([_.@-]|$)/i.test(value ?? '') ? 'zh-CN' : 'en');
