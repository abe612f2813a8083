/**
 * The measure of a cold start: a handler that does what auto-renew does first, with nothing but Node's own modules. It
 * fetches the account's key from Secrets Manager (Signature Version 4) while it starts, lists the EIPs of one region
 * (CTyun's signature), and answers how many there are. It is made to be hard to beat: no rules, no ledger, no
 * retries, one timeout, nothing checked.
 */
import { createHash, createHmac, randomUUID } from 'node:crypto';
import https from 'node:https';

// As the bundles take it: only the stand-ins speak http, and to import it costs Node 24 what no https costs.
const http = process.getBuiltinModule('node:http');

const sha256 = data => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();

function post(url, headers, body) {
  return new Promise((resolve, reject) => {
    const { request } = url.startsWith('https:') ? https : http;
    const outgoing = request(url, {
      method: 'POST',
      headers: { ...headers, 'Content-Length': Buffer.byteLength(body) },
    });
    outgoing.setTimeout(15_000, () => outgoing.destroy(new Error('no answer')));
    outgoing.on('error', reject);
    outgoing.on('response', async incoming => {
      let text = '';
      for await (const chunk of incoming.setEncoding('utf8')) text += chunk;
      if (incoming.statusCode === 200) resolve(JSON.parse(text));
      else reject(new Error(`${incoming.statusCode}: ${text}`));
    });
    outgoing.end(body);
  });
}

async function secret(name) {
  const { AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_ENDPOINT_URL_SECRETS_MANAGER } = process.env;
  const url = AWS_ENDPOINT_URL_SECRETS_MANAGER ?? `https://secretsmanager.${AWS_REGION}.amazonaws.com`;
  const body = JSON.stringify({ SecretId: name });
  const date = `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const signed = {
    'content-type': 'application/x-amz-json-1.1',
    host: new URL(url).host,
    'x-amz-date': date,
    'x-amz-target': 'secretsmanager.GetSecretValue',
  };
  const names = Object.keys(signed).join(';');
  const lines = Object.entries(signed).map(([key, value]) => `${key}:${value}\n`);
  const request = ['POST', '/', '', lines.join(''), names, sha256(body)].join('\n');
  const scope = `${date.slice(0, 8)}/${AWS_REGION}/secretsmanager/aws4_request`;
  const key = scope.split('/').reduce(hmac, `AWS4${AWS_SECRET_ACCESS_KEY}`);
  const signature = hmac(key, ['AWS4-HMAC-SHA256', date, scope, sha256(request)].join('\n')).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return (await post(url, { ...signed, authorization }, body)).SecretString;
}

async function listEips({ accessKey, secretKey }, regionID) {
  const url = process.env.CTYUN_ENDPOINT ?? 'https://ctvpc-global.ctapi.ctyun.cn';
  const body = JSON.stringify({ clientToken: randomUUID(), regionID, pageNo: 1, pageSize: 50 });
  const id = randomUUID();
  const date = `${new Date(Date.now() + 8 * 3600_000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  const text = `ctyun-eop-request-id:${id}\neop-date:${date}\n\n\n${sha256(body)}`;
  const key = hmac(hmac(hmac(secretKey, date), accessKey), date.slice(0, 8));
  const signature = hmac(key, text).toString('base64');
  const answer = await post(
    `${url}/v4/eip/new-list`,
    {
      ...{ 'ctyun-eop-request-id': id, 'eop-date': date, 'Content-Type': 'application/json', 'User-Agent': 'bench' },
      'Eop-Authorization': `${accessKey} Headers=ctyun-eop-request-id;eop-date Signature=${signature}`,
    },
    body,
  );
  if (String(answer.statusCode) !== '800') throw new Error(`CTyun: ${answer.errorCode} ${answer.message}`);
  return answer.returnObj;
}

const key = secret('ctyun/main');

export async function handler({ targets: [target] }) {
  const { totalCount, eips } = await listEips(JSON.parse(await key), target.regions[0]);
  const summary = { region: target.regions[0], seen: totalCount, read: eips.length };
  console.log(JSON.stringify(summary));
  return summary;
}
