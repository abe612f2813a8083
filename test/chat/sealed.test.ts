import { getSignature, decrypt as oracleDecrypt, encrypt as oracleEncrypt } from '@wecom/crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealText, unsealText } from '../../local/chat/sealing.ts';
import { judged } from '../../shared/chat/refusal.ts';
import { openSealed, seal, sealSignature } from '../../shared/chat/sealed.ts';
import { DINGTALK_A, DINGTALK_B, WECOM_ECHO, WECOM_ENCRYPTED } from './vectors.ts';

const KEY = 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C';
const RANDOM = Buffer.from('0123456789abcdef');

describe("WeCom's and DingTalk's encryption: the providers' own samples", () => {
  it.each([
    ['WeCom GET', 'QDG6eK', '1409659589', '263014780', WECOM_ECHO, '5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3'],
    ['WeCom POST', 'QDG6eK', '1409659813', '1372623149', WECOM_ENCRYPTED, '477715d11cdb4164915debcba66cb864d751f3e6'],
    ['DingTalk A', '123456', '1445827045067', 'nEXhMP4r', DINGTALK_A, '5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0'],
    ['DingTalk B', 'mryue', '1608001896814', 'WL4PK6yA', DINGTALK_B, '03044561471240d4a14bb09372dfcfd4fd0e40cb'],
  ])('signature of %s', (_name, token, timestamp, nonce, encrypted, signature) => {
    expect(sealSignature(token, timestamp, nonce, encrypted)).toBe(signature);
    expect(getSignature(token, timestamp, nonce, encrypted)).toBe(signature);
  });
  it.each([
    ['WeCom GET', KEY, WECOM_ECHO, /^1616140317555161061$/, 'wx5823bf96d3bd56c7'],
    ['WeCom POST', KEY, WECOM_ENCRYPTED, /<Content><!\[CDATA\[hello\]\]><\/Content>/, 'wx5823bf96d3bd56c7'],
    [
      'DingTalk A',
      '4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij',
      DINGTALK_A,
      /^\{"EventType":"check_create_suite_url"/,
      'suite4xxxxxxxxxxxxxxx',
    ],
    [
      'DingTalk B',
      'Yue0EfdN5900c1ce5cf6A152c63DDe1808a60c5ecd7',
      DINGTALK_B,
      /^\{"EventType":"check_url"\}$/,
      'ding6ccabc44d2c8d38b',
    ],
  ])('text and receiver of %s', (_name, key, encrypted, text, receiver) => {
    const opened = openSealed(key, encrypted);
    expect(opened.text.toString()).toMatch(text);
    expect(opened.receiver).toBe(receiver);
  });
});

describe('the encryption', () => {
  it('is the reverse of itself, for texts of any length, and as @wecom/crypto has it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 200 }),
        fc.stringMatching(/^[\w-]{0,40}$/),
        (text, receiver) => {
          const sealed = seal(KEY, RANDOM, text, receiver);
          expect(sealed).toBe(sealText(KEY, RANDOM, text, receiver));
          expect(unsealText(KEY, sealed)).toEqual({ text: Buffer.from(text).toString(), receiver });
          expect(openSealed(KEY, sealed)).toEqual({ text: Buffer.from(text), receiver });
          expect(oracleDecrypt(KEY, sealed)).toMatchObject({ message: Buffer.from(text).toString(), id: receiver });
        },
      ),
    );
  });
  it('opens what @wecom/crypto sealed', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 100 }), text => {
        const opened = openSealed(KEY, oracleEncrypt(KEY, text, 'corp'));
        expect(opened).toEqual({ text: Buffer.from(text), receiver: 'corp' });
      }),
    );
  });
  it.each([
    ['nothing', '', 'undecryptable'],
    ['what is not base64', '!!!!', 'undecryptable'],
    ['base64 of the URL kind', WECOM_ECHO.replace('+', '-'), 'undecryptable'],
    ['base64 without its padding', WECOM_ECHO.slice(0, -2), 'undecryptable'],
    ['base64 with a line end', `${WECOM_ECHO.slice(0, 8)}\n${WECOM_ECHO.slice(8)}`, 'undecryptable'],
    ['half a block of 32', Buffer.alloc(48).toString('base64'), 'undecryptable'],
    ['noise', Buffer.alloc(64, 1).toString('base64'), 'undecryptable'],
    [
      'a ciphertext cut by a block',
      Buffer.from(WECOM_ECHO, 'base64').subarray(0, 32).toString('base64'),
      'undecryptable',
    ],
  ])('refuses %s', (_sentence, encrypted, code) => {
    expect(judged(() => openSealed(KEY, encrypted))).toMatchObject({ code });
  });
  it.each([
    ['an empty key', ''],
    ['a key of 42 characters', KEY.slice(1)],
    ['a key of 44 characters', `${KEY}=`],
    ['a key of foreign characters', `${KEY.slice(1)}-`],
  ])('refuses %s', (_sentence, key) => {
    expect(judged(() => openSealed(key, WECOM_ECHO))).toMatchObject({ code: 'secret-missing' });
  });
  it('refuses a length that reaches beyond the text', () => {
    // The length's first byte is the seventeenth: the byte of the block before it that is mixed in is changed.
    const bytes = Buffer.from(seal(KEY, RANDOM, 'text', 'corp'), 'base64');
    bytes[0] = bytes[0]! ^ 0xff;
    expect(judged(() => openSealed(KEY, bytes.toString('base64')))).toMatchObject({ code: 'undecryptable' });
  });
  it('needs 16 random bytes', () => {
    expect(() => seal(KEY, Buffer.alloc(15), 'text', 'corp')).toThrow(/16 random bytes/);
  });
  it('an empty token signs nothing', () => {
    expect(judged(() => sealSignature('', '1', '2', '3'))).toMatchObject({ code: 'secret-missing' });
  });
});
