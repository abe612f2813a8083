import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../shared/chat/inbound.ts';
import { idOf, type Office, openOffice, PROVIDERS } from './office.ts';

const textOf = (posted: readonly { body: unknown }[]): string => JSON.stringify(posted.map(({ body }) => body));
const hashIn = (posted: readonly { body: unknown }[]): string =>
  /approve ([0-9a-f]{16})/.exec(textOf(posted))?.[1] ?? '';
const numberIn = (text: string): string => /Number[^0-9a-f]{1,60}([0-9a-f]{16})/.exec(text)?.[1] ?? '';
const buttonIn = (posted: readonly { body: unknown }[], word = 'approve'): string =>
  new RegExp(`${word}\\.[0-9a-f]{64}\\.[A-Za-z0-9_-]+`).exec(textOf(posted))?.[0] ?? '';

describe.each(PROVIDERS)('the dialogue on %s, through the bundled handler', provider => {
  let office: Office;
  beforeAll(async () => {
    office = await openOffice();
  });
  afterAll(() => office.close());

  it('command, ack, card, approval by a second person, one order, a card that says who decided', async () => {
    const began = performance.now();
    const { answer, posted } = await office.say(provider, office.message(provider, 'asker', 'renew 官网'));
    expect(answer.statusCode).toBe(200);
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(posted).toHaveLength(1);
    expect(posted.every(({ taken }) => taken)).toBe(true);
    expect(textOf(posted)).toContain('官网');
    expect(office.simulator.orders()).toEqual([]);

    const own = await office.say(provider, office.message(provider, 'asker', `approve ${shownHash(provider, posted)}`));
    expect(textOf(own.posted)).toContain('cannot approve it');
    expect(office.simulator.orders()).toEqual([]);

    const approval =
      provider === 'slack'
        ? office.click('second', buttonIn(posted))
        : office.message(provider, 'second', `approve ${shownHash(provider, posted)}`);
    const decided = await office.say(provider, approval);
    expect(decided.answer.statusCode).toBe(200);
    expect(office.simulator.orders().map(({ eipID }) => eipID)).toEqual(['eip-aaaaaa']);
    expect(decided.posted).toHaveLength(2);
    expect(textOf(decided.posted)).toContain(idOf(provider, 'second').split('/').at(-1));
    const [approved, outcome] = decided.posted.map(({ body }) => JSON.stringify(body));
    expect(approved).toMatch(new RegExp(`Approved by ${idOf(provider, 'second')} .1 of 1.`.replaceAll('/', '.')));
    expect(outcome).toMatch(/Decided by.{1,80}second/);
    expect(outcome).toMatch(/renewed|expires/);
    expect(outcome).not.toMatch(/"value":"approve|approve [0-9a-f]{16}/);
    // Slack alone lets the card itself be replaced without an app's API; elsewhere the new card follows the old one.
    if (provider === 'slack')
      expect(decided.posted.map(({ body }) => (body as { replace_original?: boolean }).replace_original)).toEqual([
        true,
        true,
      ]);
    expect(office.poller.errors).toEqual([]);
    expect(office.bundled.logs()).not.toMatch(/hooks|robot\/send|cgi-bin|secret-|"threw"|chat work failed/);
  });
  it('is applied once, however often the approval is said again', async () => {
    const plans = await office.say(provider, office.message(provider, 'viewer', 'plans'));
    expect(textOf(plans.posted)).toContain('No plan waits');
    expect(office.simulator.orders()).toHaveLength(1);
  });
  it('the history names who asked and who approved', async () => {
    const { posted } = await office.say(provider, office.message(provider, 'viewer', 'history eip-aaaaaa'));
    expect(textOf(posted)).toContain('renew DONE');
  });
});

const shownHash = (provider: Provider, posted: readonly { body: unknown }[]): string =>
  provider === 'slack' ? buttonIn(posted).split('.')[1]!.slice(0, 16) : hashIn(posted) || numberIn(textOf(posted));

describe('the bundles', () => {
  it.each(['auto-renew', 'chat-ops', 'settle-orders'])('%s holds no SDK of a chat provider', name => {
    const sources = (JSON.parse(readFileSync(`dist/${name}/index.mjs.map`, 'utf8')) as { sources: string[] }).sources;
    expect(
      sources.filter(source =>
        /node_modules\/(@slack|@larksuiteoapi|dingtalk|@wecom|@alicloud|standardwebhooks|@octokit)/.test(source),
      ),
    ).toEqual([]);
    expect(sources.filter(source => /node_modules\//.test(source)).length).toBeGreaterThan(10);
  });
});
