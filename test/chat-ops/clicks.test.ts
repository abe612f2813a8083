/** Clicks on cards: what the first answer shows, and what is done, through the bundled handler. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dingtalkClick } from '../../local/chat/dingtalk.ts';
import { feishuClick } from '../../local/chat/feishu.ts';
import { wecomClick } from '../../local/chat/wecom.ts';
import { issueButton } from '../../shared/ledger/buttons.ts';
import { openProposals } from '../../shared/ledger/proposals.ts';
import { idOf, type Office, openOffice } from './office.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

let count = 0;
const moment = () => ({ now: new Date(), nonce: `click${++count}`, random: Buffer.from('0123456789abcdef') });
const feishu = { encryptKey: 'encrypt', verificationToken: 'verify', tenant: 'tk', app: 'cli', chat: 'oc' };
const wecom = {
  token: 'token',
  aesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
  corp: 'wx',
  agent: '1',
  aiBot: 'b',
};
const textOf = (posted: readonly { body: unknown }[]): string => JSON.stringify(posted.map(({ body }) => body));

/** A plan that waits, and a button of it as an app's card would carry it. */
async function button(provider: 'feishu' | 'wecom' | 'dingtalk', eip: string): Promise<string> {
  await office.say(provider, office.message(provider, 'asker', `scale ${eip} ${++count + 20}`));
  const [plan] = await openProposals(office.table);
  const token = `token-${count}-${'t'.repeat(24)}`;
  await issueButton(office.table, token, plan!.plan.hash, plan!.plan.expiresAt);
  return `approve.${plan!.plan.hash}.${token}`;
}

describe('Feishu', () => {
  const click = (user: string, value: string) =>
    office.say('feishu', feishuClick(feishu, moment(), user, { decision: value }));
  const answered = ({ answer }: { answer: { body: string } }) =>
    JSON.parse(answer.body) as { toast: { content: string }; card?: { data: unknown } };

  it('shows at once whose word is being checked, on the card itself, and keeps its buttons', async () => {
    const value = await button('feishu', 'eip-bbbbbb');
    const own = answered(await click('asker', value));
    expect(own.toast.content).toContain('working on it');
    expect(JSON.stringify(own.card)).toContain(`${idOf('feishu', 'asker')} says approve: it is being checked`);
    expect(JSON.stringify(own.card)).toContain(value);
    expect(office.simulator.orders()).toEqual([]);
    const second = await click('second', value);
    expect(JSON.stringify(answered(second).card)).toContain(idOf('feishu', 'second'));
    expect(textOf(second.posted)).toMatch(/Decided by.{1,80}second/);
    expect(office.simulator.orders()).toHaveLength(1);
    const late = await click('third', value);
    expect(answered(late).card).toBeUndefined();
    expect(office.simulator.orders()).toHaveLength(1);
  });
  it('shows no plan to who may not decide, nor for a token that is not of that plan', async () => {
    const value = await button('feishu', 'eip-aaaaaa');
    const viewer = answered(await click('viewer', value));
    expect([viewer.card, viewer.toast.content]).toEqual([undefined, expect.stringContaining('takes the role')]);
    expect(answered(await click('second', value.replace(/token-.*/, 'x'.repeat(30)))).card).toBeUndefined();
  });
});

describe('WeCom', () => {
  it('takes a click of a second person; the new card follows, with who decided', async () => {
    const before = office.simulator.orders().length;
    const value = await button('wecom', 'eip-bbbbbb');
    const own = await office.say('wecom', wecomClick(wecom, moment(), 'asker', value));
    expect([own.answer.statusCode, own.answer.body]).toEqual([200, '']);
    expect(textOf(own.posted)).toContain('another person must');
    const later = { ...moment(), now: new Date(Date.now() + 1000) };
    const second = await office.say('wecom', wecomClick(wecom, later, 'second', value));
    expect(textOf(second.posted)).toMatch(/Decided by.{1,80}second/);
    expect(office.simulator.orders()).toHaveLength(before + 1);
  });
});

describe('DingTalk', () => {
  it('a click is signed by its time alone: the card says that this decides nothing', async () => {
    const before = office.simulator.orders().length;
    const value = await button('dingtalk', 'eip-bbbbbb');
    const app = {
      ...{ appSecret: '', aesKey: null, callback: { token: '', aesKey: '' }, apiSecret: 'api', corp: 'ding' },
      ...{ robot: 'r', conversation: 'c', sessionWebhook: '' },
    };
    const { answer } = await office.say('dingtalk', dingtalkClick(app, moment(), 'second', value));
    expect(JSON.parse(answer.body)).toEqual({
      cardUpdateOptions: { updateCardDataByKey: true },
      cardData: { cardParamMap: { result: expect.stringContaining('may only read') } },
    });
    expect(office.simulator.orders()).toHaveLength(before);
  });
});
