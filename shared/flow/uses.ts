import type { CtyunClient } from '../ctyun/client.ts';
import { type Said, WITNESSES } from '../ctyun/read-uses.ts';
import type { Use, Uses, Witness } from '../model/orphans.ts';
import { whyOf } from './problem.ts';

type Heard = { readonly witness: Witness; readonly said: Said } | { readonly witness: Witness; readonly why: string };

/** Asks every witness of a region. One that cannot be asked makes the whole unreadable: it might have said "in use". */
export async function usesIn(client: CtyunClient, region: string): Promise<Uses> {
  const heard = await Promise.all(
    WITNESSES.map(async ({ witness, ask }): Promise<Heard> => {
      try {
        return { witness, said: await ask(client, region) };
      } catch (error) {
        return { witness, why: whyOf(error) };
      }
    }),
  );
  const silent = heard.find(one => 'why' in one);
  if (silent && 'why' in silent) return { witness: silent.witness, unreadable: silent.why };
  return new Map<string, Use>(heard.flatMap(one => ('said' in one ? one.said : [])));
}
