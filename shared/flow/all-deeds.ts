import type { Deeds } from './deed.ts';
import { rebuying } from './rebuying.ts';
import { releasing } from './releasing.ts';
import { renewing } from './renewing.ts';
import { resizing } from './resizing.ts';

/** For those who finish whatever others began: settle-orders, and people. */
export const ALL_DEEDS: Deeds = { renew: renewing, rebuy: rebuying, resize: resizing, release: releasing };
