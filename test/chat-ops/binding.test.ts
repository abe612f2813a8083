/** Bindings that are asked for in a chat: from the command to the EIP's new place, through the bundled handler. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProposals } from '../../shared/ledger/proposals.ts';
import { idOf, type Office, openOffice } from './office.ts';

const textOf = (posted: readonly { body: unknown }[]): string => JSON.stringify(posted.map(({ body }) => body));
const buttonIn = (posted: readonly { body: unknown }[], word = 'approve'): string =>
  new RegExp(`${word}\\.[0-9a-f]{64}\\.[A-Za-z0-9_-]+`).exec(textOf(posted))?.[0] ?? '';

let office: Office;
const TARGETS = [{ account: 'main', region: '*', name: 'web-*' }];
/** Anew for each part: a channel takes twenty messages a minute. */
const withOffice = (): void => {
  beforeAll(async () => {
    office = await openOffice({ bindTargets: TARGETS });
  });
  afterAll(() => office.close());
};

const say = async (user: string, text: string) =>
  (await office.say('slack', office.message('slack', user, text))).posted;
const click = async (user: string, button: string) => (await office.say('slack', office.click(user, button))).posted;
const placeOf = (id: string): string => office.placeOf(id);

describe('a binding that is asked for in a chat', () => {
  withOffice();
  it.each<[string, string, RegExp]>([
    ['a target that is not listed', 'bind eip-free01 vm vm-9', /bindTargets\) do not list main/],
    ['a target that is not there', 'bind eip-free01 vm vm-none', /there is no vm vm-none/],
    ['an EIP that is not there', 'bind eip-none01 vm vm-1', /There is no EIP/],
    ['an EIP that would be taken from what is not listed', 'bind eip-other1 vm vm-1', /do not list .*database/],
    ['where it is bound already', 'bind eip-used01 vm vm-1', /already as asked/],
    ['an unbinding of what is bound to nothing', 'unbind eip-free01', /already as asked/],
  ])('%s makes no plan', async (_sentence, text, why) => {
    expect(textOf(await say('asker', text))).toMatch(why);
    expect(await openProposals(office.table)).toEqual([]);
  });
  it('a viewer may not ask for one', async () => {
    const no = await office.deliver('slack', office.message('slack', 'viewer', 'bind eip-free01 vm vm-1'));
    expect(no.body).toContain('takes the role');
  });
  it('waits for a second person, is bound once, and everybody sees who decided', async () => {
    const card = await say('asker', 'bind eip-free01 vm vm-1');
    expect(textOf(card)).toMatch(/bind 入口.*nowhere → INSTANCE vm-1/);
    expect(placeOf('eip-free01')).toBe('');
    expect(textOf(await click('asker', buttonIn(card)))).toContain('another person must');
    const told = await click('second', buttonIn(card));
    expect(placeOf('eip-free01')).toBe('vm-1');
    expect(textOf(told)).toMatch(/bind · bound/);
    expect(textOf(told)).toContain(idOf('slack', 'second'));
    expect(office.calls('/v4/eip/associate')).toBe(1);
    expect(textOf(await click('third', buttonIn(card)))).toContain('used before');
    expect([office.poller.errors, office.queues.queue('failed').all]).toEqual([[], []]);
  });
  it('is moved only from where the plan has seen it', async () => {
    const card = await say('asker', 'bind eip-used01 vm vm-2');
    expect(textOf(card)).toContain('INSTANCE vm-1 port-vm-1 → INSTANCE vm-2');
    office.moveByHand('eip-used01', 'vm-9');
    expect(textOf(await click('second', buttonIn(card)))).toContain('something else than when the plan was made');
    expect(placeOf('eip-used01')).toBe('vm-9');
    office.moveByHand('eip-used01', 'vm-1');
  });
  it('is moved, and told twice to apply it is moved once', async () => {
    const card = await say('asker', 'bind eip-used01 vm vm-2');
    const hash = buttonIn(card).split('.')[1]!;
    await office.deliver('slack', office.message('slack', 'second', `approve ${hash}`));
    await office.poller.once();
    const apply = office.queues.queue('work').all.at(-1)!;
    office.queues.queue('work').send(apply.body);
    const before = office.chat.messages().length;
    await office.poller.drain();
    expect(placeOf('eip-used01')).toBe('vm-2');
    const told = office.chat.messages().slice(before);
    expect(told.filter(one => textOf([one]).includes('bind · bound'))).toHaveLength(1);
  });
});

describe('an approved binding', () => {
  withOffice();
  it('one no ends it', async () => {
    const card = await say('asker', 'unbind eip-used01');
    expect(textOf(await click('third', buttonIn(card, 'reject')))).toContain('Rejected by');
    expect(placeOf('eip-used01')).toBe('vm-1');
  });
  it('the switch of bindings stops what was approved', async () => {
    await say('asker', 'mode bind-on-webhook plan');
    const card = await say('asker', 'unbind eip-used01');
    expect(textOf(await click('second', buttonIn(card)))).toContain('switch of bind-on-webhook is on');
    expect(placeOf('eip-used01')).toBe('vm-1');
    await say('asker', 'mode bind-on-webhook apply');
  });
  it('an unbinding too waits, and the history names who asked and who approved', async () => {
    await click('second', buttonIn(await say('asker', 'bind eip-free01 vm vm-1')));
    await click('third', buttonIn(await say('asker', 'unbind eip-free01')));
    expect(placeOf('eip-free01')).toBe('');
    const past = textOf(await say('viewer', 'history eip-free01'));
    expect(past).toMatch(/bind bound.*asker \+ slack:T1\/second/);
    expect(past).toMatch(/unbind unbound.*asker \+ slack:T1\/third/);
  });
  it('whose answer was lost is told when it is seen, and sent once', async () => {
    const card = await say('asker', 'bind eip-slow01 vm vm-2');
    office.simulator.faults([{ kind: 'hang-after', path: '/v4/eip/associate', times: 1, ms: 2000 }]);
    const told = await click('second', buttonIn(card));
    expect([placeOf('eip-slow01'), office.calls('/v4/eip/associate')]).toEqual(['vm-2', 2]);
    expect(textOf(told)).toContain('bind · bound');
  });
});
