import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readButton } from '../../shared/chat/decision.ts';
import { applyApproved } from '../../shared/flow/chat/apply.ts';
import { decideByButton, decideByCommand } from '../../shared/flow/chat/decide.ts';
import { renew } from '../../shared/flow/chat/propose.ts';
import type { ChatRun, Said } from '../../shared/flow/chat/said.ts';
import type { World } from '../../shared/flow/world.ts';
import { findProposal } from '../../shared/ledger/proposals.ts';
import { readChatAsk } from '../../shared/plan/chat-ops.ask.ts';
import { chance, KEY, openStage, REGION } from '../harness/stage.ts';
import { due } from '../stand.ts';

const ask = (approvers: number) =>
  readChatAsk({
    targets: [{ account: 'main', regions: [REGION] }],
    approvers,
    chat: { channels: [], settleWithinSeconds: 3 },
  });

/** Everything that a person's message sets off, delivered as a queue does: each part perhaps twice. */
async function worked(run: ChatRun, decide: (run: ChatRun) => Promise<Said>, twice: boolean): Promise<void> {
  const told = await decide(run);
  if (twice) await decide(run);
  if (told.apply === null) return;
  const again = () => applyApproved(told.apply!, run).catch(() => null);
  await (twice ? Promise.all([again(), again()]) : again());
}

async function scene(seed: number, approvers: number, byButton: boolean, twice: boolean) {
  const random = chance(seed);
  const stage = await openStage(
    {
      accounts: [{ name: 'main', ...KEY, eips: [due('eip-aaaaaa')] }],
      regions: [{ regionID: REGION }],
      settings: { orderSeconds: 1 },
    },
    random,
  );
  let tokens = 0;
  const runOf = (world: World, delivery: string): ChatRun => ({
    world,
    ask: ask(approvers),
    lang: 'en',
    newToken: () => `token-${String(++tokens).padStart(24, '0')}`,
    delivery,
    goOn: async () => undefined,
  });
  let card: Said | undefined;
  stage.startWork('ask', 'slack:T/asker', async world => {
    card = await renew({ by: 'id', value: 'eip-aaaaaa' }, runOf(world, 'd0'));
  });
  await stage.room.run();
  const button = readButton(card!.card.buttons[0]!.value)!;
  const say = (who: string, decision: 'approve' | 'reject') =>
    stage.startWork(who, `slack:T/${who}`, world =>
      worked(
        runOf(world, `d-${who}`),
        run =>
          byButton ? decideByButton({ ...button, decision }, run) : decideByCommand(decision, button.planHash, run),
        twice,
      ),
    );
  say('second', 'approve');
  say('third', 'approve');
  say('fourth', 'reject');
  say('asker', 'approve');
  stage.room.choose = count => Math.floor(random() * count);
  await stage.room.run();
  const plan = await findProposal(stage.ledger, button.planHash);
  return { orders: stage.orders().length, plan: plan!, failures: stage.room.failures };
}

it('no interleaving of approvals and a rejection applies twice, or what was rejected', {
  timeout: 120_000,
}, async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      fc.integer(),
      fc.constantFrom(1, 2),
      fc.boolean(),
      fc.boolean(),
      async (seed, approvers, byButton, twice) => {
        const { orders, plan, failures } = await scene(seed, approvers, byButton, twice);
        seen.add(plan.state);
        expect(failures).toEqual([]);
        expect(orders).toBe(plan.state === 'APPLIED' ? 1 : 0);
        const who = plan.approvals.map(each => each.who);
        expect(new Set(who).size).toBe(who.length);
        expect(who).not.toContain('slack:T/asker');
        if (plan.state === 'APPLIED') expect(who.length).toBeGreaterThanOrEqual(approvers);
      },
    ),
    { numRuns: 80 },
  );
  expect([...seen]).toEqual(expect.arrayContaining(['APPLIED', 'REJECTED']));
});
