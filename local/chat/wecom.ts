/** WeCom, as far as its callbacks go; written from developer.work.weixin.qq.com and from nothing of ours. */
import { sealedSignature, sealText } from './sealing.ts';
import { type Moment, type Sent, seconds } from './sent.ts';

export type WecomApp = {
  readonly token: string;
  readonly aesKey: string;
  readonly corp: string;
  readonly agent: string;
  readonly aiBot: string;
};

function queryOf(app: WecomApp, { now, nonce }: Moment, encrypted: string): Record<string, string> {
  const timestamp = seconds(now);
  return { msg_signature: sealedSignature(app.token, timestamp, nonce, encrypted), timestamp, nonce };
}

/** WeCom asks whether the address is ours. */
export function wecomEcho(app: WecomApp, moment: Moment, text: string, receiver = app.corp): Sent {
  const echostr = sealText(app.aesKey, moment.random, text, receiver);
  return {
    method: 'GET',
    headers: {},
    query: { ...queryOf(app, moment, echostr), echostr },
    body: Buffer.alloc(0),
  };
}

/** An inner XML, sealed for a receiver and put into the outer one. */
export function wecomPush(app: WecomApp, moment: Moment, inner: string, receiver = app.corp): Sent {
  const encrypted = sealText(app.aesKey, moment.random, inner, receiver);
  const outer = `<xml><ToUserName><![CDATA[${app.corp}]]></ToUserName><Encrypt><![CDATA[${encrypted}]]></Encrypt><AgentID><![CDATA[${app.agent}]]></AgentID></xml>`;
  const headers = { 'content-type': 'text/xml' };
  return { method: 'POST', headers, query: queryOf(app, moment, encrypted), body: Buffer.from(outer) };
}

const common = (app: WecomApp, { now }: Moment, user: string): string =>
  `<ToUserName><![CDATA[${app.corp}]]></ToUserName>\n<FromUserName><![CDATA[${user}]]></FromUserName>\n<CreateTime>${seconds(now)}</CreateTime>\n<AgentID>${app.agent}</AgentID>`;

/** Somebody writes to the app. */
export const wecomMessage = (app: WecomApp, moment: Moment, user: string, text: string): Sent =>
  wecomPush(
    app,
    moment,
    `<xml>${common(app, moment, user)}<MsgType><![CDATA[text]]></MsgType><Content><![CDATA[${text}]]></Content><MsgId>${moment.now.getTime()}</MsgId></xml>`,
  );

/** A click on a button of a template card. */
export const wecomClick = (app: WecomApp, moment: Moment, user: string, key: string): Sent =>
  wecomPush(
    app,
    moment,
    `<xml>${common(app, moment, user)}<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[template_card_event]]></Event><EventKey><![CDATA[${key}]]></EventKey><TaskId><![CDATA[task-1]]></TaskId><CardType><![CDATA[button_interaction]]></CardType><ResponseCode><![CDATA[code-${moment.nonce}]]></ResponseCode><SelectedItems><SelectedItem><QuestionKey><![CDATA[q]]></QuestionKey></SelectedItem></SelectedItems></xml>`,
  );

/** A message to an AI bot, sealed for nobody by name. */
export function wecomAiBot(app: WecomApp, moment: Moment, user: string, message: Record<string, unknown>): Sent {
  const inner = { msgid: `ai-${moment.nonce}`, aibotid: app.aiBot, chatid: 'chat', from: { userid: user }, ...message };
  const encrypt = sealText(app.aesKey, moment.random, JSON.stringify(inner), '');
  const body = Buffer.from(JSON.stringify({ encrypt }));
  const headers = { 'content-type': 'application/json' };
  return { method: 'POST', headers, query: queryOf(app, moment, encrypt), body };
}
