import { afterAll, describe, expect, it } from 'vitest';
import { applyPlan } from '../../shared/flow/apply-plan.ts';
import { approvePlan, rejectPlan } from '../../shared/flow/approvals.ts';
import { turnSwitch } from '../../shared/ledger/control.ts';
import { changeProposal, findProposal, openProposals, propose } from '../../shared/ledger/proposals.ts';
import { approvalProblem, type Proposal, samePerson } from '../../shared/model/proposal.ts';
import { origin } from '../ledger/samples.ts';
import { inDays, NOW } from '../plan/samples.ts';
import { item, report } from '../report/samples.ts';
import { closeStands, due, outcomeOf, type Stand, stand } from '../stand.ts';

afterAll(closeStands);

const TIGHT = { limits: { maxActions: 1, maxSharePercent: 100 } };

/** A plan of two renewals that a cap holds. */
async function held(change: Record<string, unknown> = TIGHT): Promise<Stand & { hash: string }> {
  const open = await stand([due('eip-a'), due('eip-bb')]);
  const { plan } = await open.autoRenew(change);
  return { ...open, hash: plan.hash };
}

const proposal = (change: Partial<Proposal> = {}): Proposal => ({
  plan: report([item('act', 'due')]).plan,
  content: 'c',
  limits: {} as Proposal['limits'],
  targets: [],
  origin: origin({ who: 'alice' }),
  settleWithinSeconds: 1,
  approvers: 2,
  state: 'PENDING',
  approvals: [],
  rejectedBy: null,
  applying: null,
  version: 1,
  ...change,
});

describe('whose word counts', () => {
  const bob = [{ who: 'bob', at: NOW }];
  it.each<[string, Partial<Proposal>, string, Date, string | undefined]>([
    ['another person may approve', {}, 'bob', NOW, undefined],
    ['who asked may not', {}, 'alice', NOW, 'own-plan'],
    ['nor under another spelling of the name', {}, ' ＡＬＩＣＥ ', NOW, 'own-plan'],
    ['nobody approves twice', { approvals: bob }, 'Bob', NOW, 'already-approved'],
    ['a second person may', { approvals: bob }, 'carol', NOW, undefined],
    ['an expired plan takes no approval', {}, 'bob', inDays(1), 'expired'],
    ['an approved one needs none', { state: 'APPROVED', approvals: bob }, 'carol', NOW, 'is-approved'],
    ['a rejected one takes none', { state: 'REJECTED' }, 'bob', NOW, 'is-rejected'],
    ['an applied one takes none', { state: 'APPLIED' }, 'bob', NOW, 'is-applied'],
    ['one that is being applied takes none', { state: 'APPLYING' }, 'bob', NOW, 'is-applying'],
  ])('%s', (_sentence, change, who, now, problem) => {
    expect(approvalProblem(proposal(change), who, now)).toBe(problem);
  });
  it('names that only look alike are different people', () => {
    expect(samePerson('alice', 'alicе')).toBe(false);
  });
});

describe('a held plan', () => {
  it('waits, is approved by another person, and is applied exactly', async () => {
    const open = await held();
    expect(open.orders()).toEqual([]);
    expect((await approvePlan(open.hash, open.world('bob'))).state).toBe('APPROVED');
    const applied = await applyPlan(open.hash, open.world('alice'));
    expect([outcomeOf(applied, 'eip-a'), outcomeOf(applied, 'eip-bb')]).toEqual(['done: renewed', 'done: renewed']);
    expect(open.orders()).toHaveLength(2);
    expect((await findProposal(open.ledger, open.hash))?.state).toBe('APPLIED');
    await expect(applyPlan(open.hash, open.world('alice'))).rejects.toThrow(/has been applied/);
    await expect(approvePlan(open.hash, open.world('carol'))).rejects.toThrow(/has been applied/);
    expect(open.orders()).toHaveLength(2);
  });
  it('is not applied before it is approved, and a cap that no one has lifted still holds', async () => {
    const open = await held();
    await expect(applyPlan(open.hash, open.world('alice'))).rejects.toThrow(/waits for approval: 0 of 1/);
    expect(open.orders()).toEqual([]);
  });
  it('needs as many people as the ask says', async () => {
    const open = await held({ ...TIGHT, approvers: 2 });
    expect((await approvePlan(open.hash, open.world('bob'))).state).toBe('PENDING');
    await expect(approvePlan(open.hash, open.world('bob'))).rejects.toThrow(/you have approved it already/);
    await expect(applyPlan(open.hash, open.world('x'))).rejects.toThrow(/1 of 2/);
    expect((await approvePlan(open.hash, open.world('carol'))).state).toBe('APPROVED');
  });
  it('takes two approvals that come at the same moment, and counts both', async () => {
    const open = await held({ ...TIGHT, approvers: 2 });
    await Promise.all(['bob', 'carol'].map(who => approvePlan(open.hash, open.world(who))));
    const stored = await findProposal(open.ledger, open.hash);
    expect([stored?.state, stored?.approvals.length]).toEqual(['APPROVED', 2]);
  });
  it('is applied once, also where two people apply it at the same moment', async () => {
    const open = await held();
    await approvePlan(open.hash, open.world('bob'));
    const both = await Promise.allSettled([1, 2].map(() => applyPlan(open.hash, open.world('x'))));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(open.orders()).toHaveLength(2);
  });
  it('skips what has changed since, and adds nothing', async () => {
    const open = await held();
    await approvePlan(open.hash, open.world('bob'));
    const state = open.simulator.state() as { accounts: { eips: Record<string, unknown>[] }[] };
    const eips = state.accounts[0]!.eips;
    eips[0]!.expiredAt = '2030-01-01T00:00:00Z';
    eips.push({ ...eips[1], ID: 'eip-new', labels: {}, omit: [] });
    const applied = await applyPlan(open.hash, open.world('alice'));
    expect([outcomeOf(applied, 'eip-a'), outcomeOf(applied, 'eip-bb')]).toEqual(['skipped: changed', 'done: renewed']);
    expect(open.orders().map(({ eipID }) => eipID)).toEqual(['eip-bb']);
  });
  it('is rejected by one word, also of who asked, and then is over', async () => {
    const open = await held();
    expect((await rejectPlan(open.hash, open.world('schedule'))).state).toBe('REJECTED');
    await expect(applyPlan(open.hash, open.world('x'))).rejects.toThrow(/has been rejected/);
    await expect(rejectPlan(open.hash, open.world('x'))).rejects.toThrow(/has been rejected/);
    expect(await openProposals(open.ledger)).toEqual([]);
  });
  it('that waits is not asked about twice: the next run of the same content points to it', async () => {
    const open = await held();
    const again = await open.autoRenew(TIGHT);
    expect(again.plan.hash).toBe(open.hash);
    expect(await openProposals(open.ledger)).toHaveLength(1);
  });
  it('is not applied while the switch forbids it, nor after somebody has touched what is stored', async () => {
    const open = await held();
    await approvePlan(open.hash, open.world('bob'));
    await turnSwitch(open.ledger, 'auto-renew', 'plan', 'carol', new Date());
    await expect(applyPlan(open.hash, open.world('x'))).rejects.toThrow(/switch of auto-renew is on "plan"/);
    await turnSwitch(open.ledger, 'auto-renew', 'apply', 'carol', new Date());
    const stored = (await findProposal(open.ledger, open.hash))!;
    const forged = { ...stored.plan, hash: 'f'.repeat(64) };
    await propose(open.ledger, { ...stored, plan: forged, state: 'APPROVED' });
    await expect(applyPlan('f'.repeat(64), open.world('x'))).rejects.toThrow(/its hash differs/);
    expect(open.orders()).toEqual([]);
  });
  it('is not there under another hash', async () => {
    const open = await held();
    for (const act of [approvePlan, rejectPlan, applyPlan])
      await expect(act('0'.repeat(64), open.world('x'))).rejects.toThrow(/there is no such plan/);
  });
  it('whose application crashed goes on once its time is over', async () => {
    const open = await held();
    await approvePlan(open.hash, open.world('bob'));
    const dead = { run: 'dead', until: new Date(Date.now() + 60_000) };
    await changeProposal(open.ledger, open.hash, () => ({ state: 'APPLYING', applying: dead }));
    await expect(applyPlan(open.hash, open.world('x'))).rejects.toThrow(/is being applied/);
    await changeProposal(open.ledger, open.hash, () => ({ applying: { ...dead, until: new Date(0) } }));
    const applied = await applyPlan(open.hash, open.world('x'));
    expect(outcomeOf(applied, 'eip-a')).toBe('done: renewed');
  });
  it('may be larger than a record of DynamoDB', async () => {
    const { ledger } = await stand([]);
    const items = Array.from({ length: 1500 }, (_, i) => item('act', 'due', { id: `eip-${i}`, name: '名'.repeat(60) }));
    const { plan } = report(items);
    await propose(ledger, proposal({ plan }));
    expect((await findProposal(ledger, plan.hash))?.plan).toEqual(plan);
  });
});

describe('"approval": "required"', () => {
  it('holds every plan that does anything, and none that does nothing', async () => {
    const open = await stand([due('eip-a'), due('eip-bb', { expiredAt: '+90d' })]);
    const first = await open.autoRenew({ approval: 'required' });
    expect([first.plan.held.map(({ cap }) => cap), first.approval, first.health]).toEqual([
      ['approval'],
      { approvers: 1 },
      'failed',
    ]);
    await approvePlan(first.plan.hash, open.world('bob'));
    await applyPlan(first.plan.hash, open.world('alice'));
    const second = await open.autoRenew({ approval: 'required' });
    expect([second.plan.held, second.health, open.orders().length]).toEqual([[], 'ok', 1]);
  });
});
