/** Balances, in CNY with two decimals; sums are made in fen. */
import type { SimAccount } from './state.ts';

const fen = (cny: number): number => Math.round(cny * 100);

/** Adds to the balance. */
export function add(account: SimAccount, cny: number): void {
  account.balance = ((fen(Number(account.balance)) + fen(cny)) / 100).toFixed(2);
}

/** Takes the money when an order is placed. @returns false, and takes nothing, if there is too little */
export function pay(account: SimAccount, cny: number): boolean {
  if (fen(Number(account.balance)) < fen(cny)) return false;
  add(account, -cny);
  return true;
}
