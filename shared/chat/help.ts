import type { Card } from '../model/card.ts';
import { chatWords } from './words.ts';

/** The list of commands as a card. */
export function helpCard(lang: Card['lang']): Card {
  const { help, helpTitle } = chatWords(lang);
  const lines = Object.values(help).map(([label, text]) => ({ label, text }));
  return {
    lang,
    tone: 'info',
    title: helpTitle,
    sections: [{ heading: null, lines }],
    buttons: [],
    footer: null,
    id: 'help',
  };
}
