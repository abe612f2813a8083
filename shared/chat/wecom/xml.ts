import { refuse } from '../refusal.ts';

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<\/([A-Za-z_][\w.-]*)\s*>|<([A-Za-z_][\w.-]*)\s*>|([^<]+)/gy;

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/**
 * The texts of the root's direct children in WeCom's XML. What that XML never has (declarations, comments, attributes,
 * entities of its own, an element twice) is refused, and with it everything that makes XML dangerous. Deeper elements
 * are checked for balance and skipped.
 */
export function flatXml(xml: string): ReadonlyMap<string, string> {
  const open: string[] = [];
  const found = new Map<string, string>();
  let roots = 0;
  for (const [, cdata, closing, opening, text] of tokens(xml.trim())) {
    if (opening !== undefined) {
      if (open.length === 0 && (roots++ > 0 || opening !== 'xml')) refuse('unparsable');
      open.push(opening);
      if (open.length === 2) begin(found, opening);
    } else if (closing !== undefined) {
      if (open.pop() !== closing) refuse('unparsable');
    } else {
      const [root, child] = open;
      const content = cdata ?? decoded(text ?? '');
      if (root === undefined) refuse('unparsable');
      if (child !== undefined && open.length === 2) found.set(child, (found.get(child) ?? '') + content);
    }
  }
  return roots === 1 && open.length === 0 ? found : refuse('unparsable');
}

function begin(found: Map<string, string>, name: string): void {
  if (found.has(name)) refuse('unparsable');
  found.set(name, '');
}

function tokens(xml: string): RegExpMatchArray[] {
  const all = [...xml.matchAll(TOKEN)];
  const length = all.reduce((sum, [whole]) => sum + whole.length, 0);
  return length === xml.length ? all : refuse('unparsable');
}

const decoded = (text: string): string =>
  text.replaceAll(/&([^;&]{0,8};)?/g, (_all, name?: string) => {
    const key = name?.slice(0, -1) ?? '';
    return Object.hasOwn(ENTITIES, key) ? (ENTITIES[key] ?? '') : refuse('unparsable');
  });
