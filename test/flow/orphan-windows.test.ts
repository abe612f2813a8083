import { describe, expect, it } from 'vitest';
import { BLOWS } from '../harness/crash-points.ts';
import { playRelease, playUse } from '../harness/orphan-points.ts';
import { USES, type UseKind } from '../harness/orphan-watch.ts';

describe('somebody begins to use an EIP at every step of the run that releases it, and CTyun refuses nothing', () => {
  const windowOf = async (kind: UseKind) => {
    const { steps, labels, deletes } = await playUse(0, kind);
    expect(deletes).toMatchObject([{ eipID: 'eip-1', known: false }]);
    const lost: number[] = [];
    for (let at = 1; at <= steps; at++) {
      const [deleted] = (await playUse(at, kind)).deletes;
      if (deleted?.use === undefined) continue;
      expect(deleted.known).toBe(false);
      lost.push(at);
    }
    return { lost, labels, deleteAt: labels.indexOf('/v4/eip/delete') + 1 };
  };

  it('what the EIP itself shows is missed only where it happens after the last look: the window is the delete call', async () => {
    const { lost, labels, deleteAt } = await windowOf('own');
    expect(lost).toEqual([deleteAt]);
    expect(labels[deleteAt - 2]).toBe('/v4/eip/show');
  }, 60_000);

  it.each((Object.keys(USES) as UseKind[]).filter(kind => kind !== 'own'))(
    'what only %s shows is missed only between its list and the delete: one last look, no more',
    async kind => {
      const { lost, labels, deleteAt } = await windowOf(kind);
      const listAt = labels.lastIndexOf(USES[kind]) + 1;
      expect(lost).toEqual(Array.from({ length: deleteAt - listAt }, (_, i) => listAt + 1 + i));
      expect(lost.length).toBeLessThanOrEqual(10);
    },
    60_000,
  );
});

describe('a release that is struck at every one of its steps', () => {
  it.each(BLOWS)(
    '%s: released once, nothing forgotten',
    async (_words, blow) => {
      const { steps, broken } = await playRelease(0, 'pass');
      expect([broken, steps > 60]).toEqual([[], true]);
      for (let at = 1; at <= steps; at += blow.endsWith('before') ? 3 : 2)
        expect([at, (await playRelease(at, blow)).broken]).toEqual([at, []]);
    },
    120_000,
  );
});
