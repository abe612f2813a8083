import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cny, type Fen, fenOf, sumFen, ZERO } from '../../shared/model/money.ts';

const MAX = Number.MAX_SAFE_INTEGER;

describe('an amount in CNY is read into fen', () => {
  it.each<[string, number | string, number]>([
    ['whole yuan', 1836, 183_600],
    ['one decimal', 1101.6, 110_160],
    ['two decimals', '19.99', 1_999],
    ['a float that has no exact binary form', 0.29, 29],
    ['another, where times 100 is less', 1.15, 115],
    ['one decimal as text', '0.1', 10],
    ['zeros at the end', '5.000000', 500],
    ['zeros before', '0005.10', 510],
    ['white space around', ' 5.10 ', 510],
    ['a plus sign', '+5', 500],
    ['a negative amount', '-1.5', -150],
    ['zero', 0, 0],
    ['minus zero', -0, 0],
    ['minus zero as text', '-0.00', 0],
    ['part of a fen is rounded up', '0.001', 1],
    ['nine tenths of a fen as well', '1.239', 124],
    ['a negative part of a fen is rounded away from zero', '-0.001', -1],
    ['exactly a fen is not rounded', '1.2300', 123],
    ['a number that JSON writes with an exponent', 1e-7, 1],
    ['a large exponent', '1e3', 100_000],
    ['an upper-case exponent with sign', '1.5E+2', 15_000],
    ['a negative exponent', '12345e-2', 12_345],
    ['a negative exponent that leaves parts', '12345e-3', 1_235],
    ['the largest', '90071992547409.91', MAX],
    ['the smallest', '-90071992547409.91', -MAX],
  ])('%s', (_sentence, amount, fen) => expect(fenOf(amount)).toBe(fen));
});

describe('is refused as money', () => {
  it.each<[string, number | string, string]>([
    ['nothing', '', 'not an amount'],
    ['white space', ' ', 'not an amount'],
    ['a word', 'free', 'not an amount'],
    ['NaN', Number.NaN, 'not an amount'],
    ['infinity', Number.POSITIVE_INFINITY, 'not an amount'],
    ['grouping', '1,000.00', 'not an amount'],
    ['a currency sign', '¥5', 'not an amount'],
    ['a currency after it', '5 CNY', 'not an amount'],
    ['hexadecimal', '0x10', 'not an amount'],
    ['no digit before the point', '.5', 'not an amount'],
    ['no digit after the point', '5.', 'not an amount'],
    ['two points', '1.2.3', 'not an amount'],
    ['two signs', '--1', 'not an amount'],
    ['two lines', '1\n2', 'not an amount'],
    ['full-width digits', '５', 'not an amount'],
    ['more digits than money has', '1'.repeat(31), 'not an amount'],
    ['an exponent of three digits', '1e100', 'not an amount'],
    ['one fen more than fits', '90071992547409.92', 'too large'],
    ['what rounding up makes not fit', '90071992547409.911', 'too large'],
    ['one fen less than fits', '-90071992547409.92', 'too large'],
    ['far too much', '1e30', 'too large'],
  ])('%s', (_sentence, amount, words) => {
    expect(() => fenOf(amount)).toThrow(RangeError);
    expect(() => fenOf(amount)).toThrow(words);
  });
});

describe('fen are written in CNY', () => {
  it.each([
    [0, '0.00'],
    [1, '0.01'],
    [10, '0.10'],
    [99, '0.99'],
    [100, '1.00'],
    [123_456, '1234.56'],
    [-5, '-0.05'],
    [-123_456, '-1234.56'],
    [MAX, '90071992547409.91'],
  ])('%i is %s', (fen, text) => expect(cny(fen as Fen)).toBe(text));
});

const anyFen = fc.integer({ min: -MAX, max: MAX }).map(fen => fen as Fen);
const decimals = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.bigInt({ min: 0n, max: 10n ** 8n }), fc.nat(8));

describe('for any amount', () => {
  it('reading what was written gives it back', () =>
    fc.assert(fc.property(anyFen, fen => void expect(fenOf(cny(fen))).toBe(fen === 0 ? 0 : fen))));

  it('the text has two decimals', () =>
    fc.assert(fc.property(anyFen, fen => void expect(cny(fen)).toMatch(/^-?\d+\.\d{2}$/))));

  it('reading rounds up, exactly as BigInt does', () =>
    fc.assert(
      fc.property(decimals, ([whole, fraction, extra]) => {
        const digits = fraction.toString().padStart(9, '0') + '0'.repeat(extra);
        const parts = whole * 10n ** 9n + fraction; // 10^-9 CNY
        const up = (parts + 10n ** 7n - 1n) / 10n ** 7n;
        expect(BigInt(fenOf(`${whole}.${digits}`))).toBe(up);
        expect(fenOf(`-${whole}.${digits}`)).toBe(0 - Number(up));
      }),
    ));

  it('a JSON number is never understated, nor overstated by a fen', () =>
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), amount => {
        const fen = fenOf(amount);
        expect(fen).toBeGreaterThanOrEqual(Math.floor(amount * 100 - 1e-3));
        expect(fen).toBeLessThan(amount * 100 + 1 + 1e-3);
      }),
    ));

  it('an exponent is a moved point', () =>
    fc.assert(
      fc.property(fc.nat(99_999), fc.integer({ min: -9, max: 6 }), (digits, exponent) => {
        const moved = exponent >= 0 ? `${digits}${'0'.repeat(exponent)}` : String(digits).padStart(1 - exponent, '0');
        const text = exponent >= 0 ? moved : `${moved.slice(0, exponent)}.${moved.slice(exponent)}`;
        expect(fenOf(`${digits}e${exponent}`)).toBe(fenOf(text));
      }),
    ));
});

describe('a sum', () => {
  it.each([
    ['of nothing is zero', [], ZERO],
    ['of many dimes does not drift', Array.from({ length: 1000 }, () => fenOf('0.10')), 10_000],
    ['may be taken of amounts of both signs', [fenOf('1'), fenOf('-0.40')], 60],
  ])('%s', (_sentence, amounts, total) => expect(sumFen(amounts)).toBe(total));

  it('that does not fit is refused', () => expect(() => sumFen([MAX as Fen, 1 as Fen])).toThrow(RangeError));

  it('takes any iterable, once', () => expect(sumFen(new Set([fenOf(1), fenOf(2)]).values())).toBe(300));

  it('of any amounts equals the sum of BigInts', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e12, max: 1e12 })), fens => {
        const total = fens.map(BigInt).reduce((sum, fen) => sum + fen, 0n);
        expect(BigInt(sumFen(fens as Fen[]))).toBe(total);
      }),
    ));
});
