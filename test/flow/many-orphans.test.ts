import { afterAll, expect, it } from 'vitest';
import { closeOrphanStands, HOUR, idle, orphanAsk, orphanStand } from '../orphan-stand.ts';

afterAll(closeOrphanStands);

it('more idle EIPs in one region than one record can remember are warned of and wanted like any other', async () => {
  const eips = Array.from({ length: 3000 }, (_, i) => idle(`eip-${i}`, { ID: `eip-${String(i).padStart(36, '0')}` }));
  const { run, later } = await orphanStand(eips);
  const ask = orphanAsk({ limits: { maxActions: 1, maxSharePercent: 100 } });
  const first = await run(ask);
  expect([first.ledgerProblem, first.mode]).toEqual([null, 'apply']);
  await later(60 * HOUR, ask);
  const last = await later(24 * HOUR, ask);
  const wanted = last.plan.items.filter(({ verdict }) => verdict.decision === 'act').length;
  expect([last.ledgerProblem, wanted, last.plan.held.map(({ cap }) => cap)]).toEqual([null, 3000, ['maxActions']]);
}, 60_000);
