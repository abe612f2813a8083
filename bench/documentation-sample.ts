/**
 * The sweep's measure: what one writes who follows CTyun's documentation and its sample. It signs each call, asks for one
 * page after another and one region after another, keeps all, then picks what expires within a week. It shares no code
 * with the product.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';

type Row = { ID: string; expiredAt: string | null; status: string };
type Page = { eips: Row[]; totalCount: number };

const { CTYUN_ENDPOINT = '', CTYUN_AK = '', CTYUN_SK = '' } = process.env;
const PAGE_SIZE = 50;
const WITHIN_MS = 7 * 86_400_000;

const hmac = (key: string | Buffer, data: string): Buffer => createHmac('sha256', key).update(data).digest();

/** The documentation's steps: the date in Beijing time, the key from secret, access key and day, then the signature. */
function signed(query: string, body: string): Record<string, string> {
  const id = randomUUID();
  const wall = new Date(Date.now() + 8 * 3600_000).toISOString();
  const date = `${wall.slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const digest = createHash('sha256').update(body).digest('hex');
  const text = `ctyun-eop-request-id:${id}\neop-date:${date}\n\n${query}\n${digest}`;
  const key = hmac(hmac(hmac(CTYUN_SK, date), CTYUN_AK), date.slice(0, 8));
  const signature = hmac(key, text).toString('base64');
  return {
    'ctyun-eop-request-id': id,
    'eop-date': date,
    'Eop-Authorization': `${CTYUN_AK} Headers=ctyun-eop-request-id;eop-date Signature=${signature}`,
    'Content-Type': 'application/json',
    'User-Agent': 'Mozilla/5.0 (documentation sample)',
  };
}

async function call(method: 'GET' | 'POST', path: string, params?: object): Promise<unknown> {
  const body = params ? JSON.stringify(params) : '';
  const response = await fetch(CTYUN_ENDPOINT + path, {
    method,
    headers: signed('', body),
    ...(params ? { body } : {}),
  });
  const answer = (await response.json()) as { statusCode: number; message?: string; returnObj: unknown };
  if (answer.statusCode !== 800) throw new Error(`${path}: ${answer.message ?? response.status}`);
  return answer.returnObj;
}

async function eipsOf(regionID: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (let pageNo = 1; ; pageNo++) {
    const params = { clientToken: randomUUID(), regionID, pageNo, pageSize: PAGE_SIZE };
    const page = (await call('POST', '/v4/eip/new-list', params)) as Page;
    rows.push(...page.eips);
    if (rows.length >= page.totalCount || page.eips.length === 0) return rows;
  }
}

/** @returns how many EIPs there are, and how many of them are due */
export async function handler(): Promise<{ totals: { seen: number; act: number } }> {
  const { regionList } = (await call('GET', '/v4/region/list-regions')) as { regionList: { regionID: string }[] };
  const all: Row[] = [];
  for (const { regionID } of regionList) all.push(...(await eipsOf(regionID)));
  const due = all.filter(({ expiredAt }) => expiredAt !== null && Date.parse(expiredAt) - Date.now() < WITHIN_MS);
  return { totals: { seen: all.length, act: due.length } };
}
