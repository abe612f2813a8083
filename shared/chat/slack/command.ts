/** What Slack puts around what a person wrote: `<url|label>`, `<#C1|name>`, and three escaped characters. */
const LINK =
  /<(?:https?:|mailto:|tel:)[^<>|]*\|([^<>|]*)>|<((?:https?:|mailto:|tel:)[^<>|]*)>|<[#!][^<>|]*\|([^<>|]*)>/g;

const ESCAPES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/** The text of a command as the person wrote it. Mentions (`<@U1>`) stay: the commands' reader skips leading ones. */
export const slackText = (text: string): string =>
  text
    .replaceAll(LINK, (_all, label?: string, url?: string, name?: string) => label ?? url ?? name ?? '')
    .replaceAll(/&(?:amp|lt|gt);/g, sign => ESCAPES[sign] ?? sign);
