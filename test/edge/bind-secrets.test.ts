/** bind-on-webhook over HTTP: GitHub's scheme, and secrets that are rotated while a process lives. */
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { githubSignature } from '../../shared/edge/github-signature.ts';
import { type BindStand, bindBody, bindStand, closeBindStands, OTHER_SECRET } from './bind-stand.ts';

afterAll(closeBindStands);

let stand: BindStand;
const BODY = JSON.stringify(bindBody({ id: 'eip-free' }, { type: 'vm', id: 'vm-2' }));

describe('a webhook signed as GitHub does', () => {
  const signed = (body: string, delivery = 'delivery-1', secret = 'github-secret') => ({
    headers: { 'x-hub-signature-256': githubSignature(secret, Buffer.from(body)), 'x-github-delivery': delivery },
  });
  beforeEach(async () => {
    stand = await bindStand({ WEBHOOK_SCHEMES: 'standard,github' });
    stand.secrets.github = JSON.stringify(['github-secret', 'older-secret']);
  });
  it('binds, once for each delivery', async () => {
    const first = await stand.post('/bind', BODY, signed(BODY));
    const again = await stand.post('/bind', BODY, signed(BODY));
    expect([first.status, first.body.outcome, stand.eip().at]).toEqual([200, 'bound', 'vm-2']);
    expect(again.body).toEqual(first.body);
    expect(stand.simulator.calls().filter(({ path }) => path === '/v4/eip/associate')).toHaveLength(1);
  });
  it('takes the older of two secrets', async () => {
    expect((await stand.post('/bind', BODY, signed(BODY, 'd2', 'older-secret'))).status).toBe(200);
  });
  it('its delivery is no webhook-id: another scheme may use the same word', async () => {
    await stand.post('/bind', BODY, signed(BODY, 'same'));
    const other = await stand.post(
      '/unbind',
      { account: 'main', region: 'region-1', eip: { id: 'eip-free' } },
      { id: 'same' },
    );
    expect(other.status).not.toBe(422);
  });
  it('a delivery that asks for something else is refused', async () => {
    await stand.post('/bind', BODY, signed(BODY));
    const other = BODY.replace('vm-2', 'vm-1');
    expect((await stand.post('/bind', other, signed(other))).status).toBe(422);
  });
  it.each<[string, () => Promise<{ status: number }>]>([
    ['another secret', () => stand.post('/bind', BODY, signed(BODY, 'd3', 'guessed'))],
    ['another body', () => stand.post('/bind', `${BODY} `, signed(BODY))],
    [
      'no delivery',
      () =>
        stand.post('/bind', BODY, {
          headers: { 'x-hub-signature-256': githubSignature('github-secret', Buffer.from(BODY)) },
        }),
    ],
    [
      'the older kind of signature',
      () => stand.post('/bind', BODY, { headers: { 'x-hub-signature': 'sha1=00', 'x-github-delivery': 'd' } }),
    ],
  ])('%s is refused, and the EIP stays', async (_sentence, sent) => {
    expect([(await sent()).status, stand.eip().at]).toEqual([401, '']);
  });
  it('is refused where the settings do not turn it on', async () => {
    stand = await bindStand();
    stand.secrets.github = JSON.stringify(['github-secret']);
    expect((await stand.post('/bind', BODY, signed(BODY))).status).toBe(401);
  });
});

describe('a secret that is rotated while the process lives', () => {
  beforeEach(async () => {
    stand = await bindStand();
    expect((await stand.post('/bind', BODY)).status).toBe(200);
    stand.secrets.standard = JSON.stringify([OTHER_SECRET]);
  });
  it('is fetched anew by the first signature that does not fit, and the old one ends with that', async () => {
    stand.secretsAge(11);
    expect((await stand.post('/bind', BODY, { secret: OTHER_SECRET })).status).toBe(200);
    expect((await stand.post('/bind', BODY)).status).toBe(401);
  });
  it('forged requests make no more than one fetch in ten seconds', async () => {
    const before = stand.fetches();
    const forged = () => stand.post('/bind', BODY, { secret: `whsec_${'A'.repeat(32)}` });
    for (let count = 0; count < 5; count += 1) expect((await forged()).status).toBe(401);
    expect(stand.fetches()).toBe(before);
    stand.secretsAge(11);
    for (let count = 0; count < 5; count += 1) expect((await forged()).status).toBe(401);
    expect(stand.fetches()).toBe(before + 1);
  });
  it('and is used at the latest when the cached one is too old, though nothing is refused', async () => {
    stand.secretsAge(301);
    expect((await stand.post('/bind', BODY)).status).toBe(401);
  });
});
