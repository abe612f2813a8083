import { verify as oracleVerify, sign } from '@octokit/webhooks-methods';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashOf } from '../../shared/chat/digest.ts';
import { verifyBearer } from '../../shared/edge/bearer.ts';
import { githubSignature, verifyGithubWebhook } from '../../shared/edge/github-signature.ts';
import { badBodies, withBody, withHeader, withoutHeader } from '../chat/given.ts';

const SECRET = "It's a Secret to Everybody";
const BODY = '{"account":"main","名称":"网站"}';
const SIGNATURE = 'x-hub-signature-256';
const request = (headers: Record<string, string>) => ({ method: 'POST', headers, query: {}, body: Buffer.from(BODY) });
const github = request({ [SIGNATURE]: githubSignature(SECRET, Buffer.from(BODY)), 'x-github-delivery': 'a-1' });
type Case<T> = [string, { sent?: (sent: T) => T; secrets?: readonly string[] }, string];

describe('GitHub style', () => {
  it('signs the official sample', () => {
    expect(githubSignature(SECRET, Buffer.from('Hello, World!'))).toBe(
      'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
    );
  });
  it.each([[[SECRET]], [['new', SECRET]], [[SECRET, 'old']], [['', SECRET]]])('accepts a request under %j', secrets => {
    expect(verifyGithubWebhook(github, secrets)).toEqual({ kind: 'authentic', id: 'a-1', sentAt: null });
  });
  it.each<Case<typeof github>>([
    ...badBodies<unknown>().map(
      ([what, { sent }]): Case<typeof github> => [
        `a body that is ${what}`,
        { sent: sent as never },
        'signature-mismatch',
      ],
    ),
    ['no signature', { sent: withoutHeader(SIGNATURE) as never }, 'header-missing'],
    ['an empty signature', { sent: withHeader(SIGNATURE, '') as never }, 'header-missing'],
    ['no delivery id', { sent: withoutHeader('x-github-delivery') as never }, 'header-missing'],
    ['a delivery id with a slash', { sent: withHeader('x-github-delivery', 'a/1') as never }, 'id-malformed'],
    [
      'a delivery id of 65 characters',
      { sent: withHeader('x-github-delivery', 'a'.repeat(65)) as never },
      'id-malformed',
    ],
    [
      'a signature without its prefix',
      { sent: withHeader(SIGNATURE, old => old.slice(7)) as never },
      'signature-malformed',
    ],
    [
      'the older sha1 signature',
      { sent: withHeader(SIGNATURE, `sha1=${'0'.repeat(40)}`) as never },
      'signature-malformed',
    ],
    [
      'a signature in capitals',
      { sent: withHeader(SIGNATURE, old => old.toUpperCase()) as never },
      'signature-malformed',
    ],
    ['a signature cut short', { sent: withHeader(SIGNATURE, old => old.slice(0, -1)) as never }, 'signature-malformed'],
    [
      'a signature with something after it',
      { sent: withHeader(SIGNATURE, old => `${old}0`) as never },
      'signature-malformed',
    ],
    [
      'a signature of zeros',
      { sent: withHeader(SIGNATURE, `sha256=${'0'.repeat(64)}`) as never },
      'signature-mismatch',
    ],
    [
      'a signature of another version',
      { sent: withHeader(SIGNATURE, old => old.replace('256', '512')) as never },
      'signature-malformed',
    ],
    [
      'a signature in base64',
      { sent: withHeader(SIGNATURE, old => `sha256=${Buffer.from(old.slice(7), 'hex').toString('base64')}`) as never },
      'signature-malformed',
    ],
    ['a signature after a blank', { sent: withHeader(SIGNATURE, old => ` ${old}`) as never }, 'signature-malformed'],
    ['a signature with a line end', { sent: withHeader(SIGNATURE, old => `${old}\n`) as never }, 'signature-malformed'],
    ['two signatures', { sent: withHeader(SIGNATURE, old => `${old},${old}`) as never }, 'signature-malformed'],
    [
      'a signature in full-width characters',
      { sent: withHeader(SIGNATURE, old => `ｓ${old.slice(1)}`) as never },
      'signature-malformed',
    ],
    [
      'a signature of the body in base64',
      {
        sent: withHeader(
          SIGNATURE,
          githubSignature(SECRET, Buffer.from(Buffer.from(BODY).toString('base64'))),
        ) as never,
      },
      'signature-mismatch',
    ],
    [
      'a signature of the empty body',
      { sent: withHeader(SIGNATURE, githubSignature(SECRET, Buffer.alloc(0))) as never },
      'signature-mismatch',
    ],
    [
      'the signature of another request',
      { sent: withHeader(SIGNATURE, githubSignature(SECRET, Buffer.from('{"account":"other"}'))) as never },
      'signature-mismatch',
    ],
    [
      'a body whose keys are in another order',
      { sent: withBody(() => '{"名称":"网站","account":"main"}') as never },
      'signature-mismatch',
    ],
    [
      'a body whose Chinese is written as escapes',
      { sent: withBody(() => BODY.replace('网站', '\\u7f51\\u7ad9')) as never },
      'signature-mismatch',
    ],
    ['neither of two secrets', { secrets: ['a', 'b'] }, 'signature-mismatch'],
    ['an empty delivery id', { sent: withHeader('x-github-delivery', '') as never }, 'header-missing'],
    ['another secret', { secrets: ['other'] }, 'signature-mismatch'],
    ['a secret with a blank at its end', { secrets: [`${SECRET} `] }, 'signature-mismatch'],
    ['the empty secret', { secrets: [''] }, 'secret-missing'],
    ['no secret at all', { secrets: [] }, 'secret-missing'],
    ['more than 64 KiB', { sent: withBody(() => 'x'.repeat(65_537)) as never }, 'too-large'],
  ])('refuses %s', (_sentence, { sent = same => same, secrets = [SECRET] }, code) => {
    expect(verifyGithubWebhook(sent(github), secrets)).toMatchObject({ kind: 'refused', code });
  });
  it("agrees with GitHub's own library", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'grapheme', minLength: 1 }),
        fc.string({ minLength: 1 }),
        async (body, secret) => {
          const signature = await sign(secret, body);
          expect(githubSignature(secret, Buffer.from(body))).toBe(signature);
          expect(await oracleVerify(secret, body, githubSignature(secret, Buffer.from(body)))).toBe(true);
        },
      ),
    );
  });
  it('no mutation of one byte is accepted', () => {
    fc.assert(
      fc.property(fc.nat(github.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, bits) => {
        const body = Buffer.from(github.body);
        body[index] = body[index]! ^ bits;
        expect(verifyGithubWebhook({ ...github, body }, [SECRET])).toMatchObject({ code: 'signature-mismatch' });
      }),
    );
  });
});

const TOKEN = 'T'.repeat(40);
const bearer = request({ authorization: `Bearer ${TOKEN}`, 'idempotency-key': 'key-1' });
const authorization = (value: string) => withHeader('authorization', value) as never;

describe('plain bearer', () => {
  it.each([
    ['one token', bearer, [TOKEN]],
    ['the older of two', bearer, ['N'.repeat(40), TOKEN]],
    ['a scheme in small letters', withHeader('authorization', `bearer ${TOKEN}`)(bearer), [TOKEN]],
  ] as const)('accepts %s', (_sentence, received, tokens) => {
    expect(verifyBearer(received, tokens)).toEqual({ kind: 'authentic', id: 'key-1', sentAt: null });
  });
  it.each<Case<typeof bearer>>([
    ['no authorization', { sent: withoutHeader('authorization') as never }, 'header-missing'],
    ['an empty authorization', { sent: authorization('') }, 'header-missing'],
    ['no idempotency key', { sent: withoutHeader('idempotency-key') as never }, 'header-missing'],
    ['an idempotency key with a blank', { sent: withHeader('idempotency-key', 'a b') as never }, 'id-malformed'],
    [
      'an idempotency key of 129 characters',
      { sent: withHeader('idempotency-key', 'a'.repeat(129)) as never },
      'id-malformed',
    ],
    ['a token without its scheme', { sent: authorization(TOKEN) }, 'signature-malformed'],
    ['basic authentication', { sent: authorization(`Basic ${TOKEN}`) }, 'signature-malformed'],
    ['two blanks', { sent: authorization(`Bearer  ${TOKEN}`) }, 'signature-malformed'],
    ['a line end after it', { sent: authorization(`Bearer ${TOKEN}\n`) }, 'signature-malformed'],
    ['two tokens', { sent: authorization(`Bearer ${TOKEN}, Bearer x`) }, 'signature-malformed'],
    ['Chinese', { sent: authorization('Bearer 令牌') }, 'signature-malformed'],
    ['another token', { sent: authorization(`Bearer ${'X'.repeat(40)}`) }, 'signature-mismatch'],
    ['a token cut short', { sent: authorization(`Bearer ${TOKEN.slice(1)}`) }, 'signature-mismatch'],
    ['a token with something after it', { sent: authorization(`Bearer ${TOKEN}T`) }, 'signature-mismatch'],
    ['a token that differs by case', { sent: authorization(`Bearer ${TOKEN.toLowerCase()}`) }, 'signature-mismatch'],
    ['a tab for the blank', { sent: authorization(`Bearer\t${TOKEN}`) }, 'signature-malformed'],
    ['no blank at all', { sent: authorization(`Bearer${TOKEN}`) }, 'signature-malformed'],
    ['a blank before the scheme', { sent: authorization(` Bearer ${TOKEN}`) }, 'signature-malformed'],
    ['a blank after it', { sent: authorization(`Bearer ${TOKEN} `) }, 'signature-malformed'],
    ['the scheme alone', { sent: authorization('Bearer') }, 'signature-malformed'],
    ['the scheme with nothing after its blank', { sent: authorization('Bearer ') }, 'signature-malformed'],
    ['the token in quotes', { sent: authorization(`Bearer "${TOKEN}"`) }, 'signature-malformed'],
    ['the scheme in full-width letters', { sent: authorization(`Ｂｅａｒｅｒ ${TOKEN}`) }, 'signature-malformed'],
    ['the scheme twice', { sent: authorization(`Bearer Bearer ${TOKEN}`) }, 'signature-malformed'],
    ['another scheme', { sent: authorization(`Token ${TOKEN}`) }, 'signature-malformed'],
    ['a NUL within it', { sent: authorization(`Bearer ${TOKEN.slice(1)}\0`) }, 'signature-malformed'],
    ['padding in the middle', { sent: authorization(`Bearer T=${TOKEN.slice(2)}`) }, 'signature-malformed'],
    [
      'a token of more than 512 characters',
      { sent: authorization(`Bearer ${'T'.repeat(513)}`) },
      'signature-malformed',
    ],
    ['a token percent-encoded', { sent: authorization(`Bearer %54${TOKEN.slice(1)}`) }, 'signature-malformed'],
    ['a token with padding that it has not', { sent: authorization(`Bearer ${TOKEN}=`) }, 'signature-mismatch'],
    [
      'a token in base64 once more',
      { sent: authorization(`Bearer ${Buffer.from(TOKEN).toString('base64')}`) },
      'signature-mismatch',
    ],
    ['the hash of the token', { sent: authorization(`Bearer ${hashOf('sha256', TOKEN)}`) }, 'signature-mismatch'],
    ['an empty idempotency key', { sent: withHeader('idempotency-key', '') as never }, 'header-missing'],
    ['an idempotency key in Chinese', { sent: withHeader('idempotency-key', '键') as never }, 'id-malformed'],
    ['an idempotency key with a line end', { sent: withHeader('idempotency-key', 'key-1\n') as never }, 'id-malformed'],
    ['an idempotency key of blanks', { sent: withHeader('idempotency-key', '   ') as never }, 'id-malformed'],
    ['neither of two tokens', { secrets: ['N'.repeat(40), 'O'.repeat(40)] }, 'signature-mismatch'],
    ['no token in the settings', { secrets: [] }, 'secret-missing'],
    ['an empty token in the settings', { secrets: [''] }, 'secret-missing'],
    [
      'a token in the settings that can be guessed',
      { secrets: ['T'.repeat(31)], sent: authorization(`Bearer ${'T'.repeat(31)}`) },
      'secret-missing',
    ],
    ['more than 64 KiB', { sent: withBody(() => 'x'.repeat(65_537)) as never }, 'too-large'],
  ])('refuses %s', (_sentence, { sent = same => same, secrets = [TOKEN] }, code) => {
    expect(verifyBearer(sent(bearer), secrets)).toMatchObject({ kind: 'refused', code });
  });
});
