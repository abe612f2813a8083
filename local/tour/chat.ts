/**
 * `npm start -- --chat`: a renewal from a chat, on the chats' stand-ins. Somebody asks what expires and wants it renewed;
 * a plan appears, which he may not approve; a second person does; it is ordered once, and the chat sees who decided.
 */
import { KEYWORDS } from '../../shared/chat/commands-keywords.ts';
import { cardWords } from '../../shared/report/card-words.ts';
import type { Lang } from '../../shared/report/lang.ts';
import type { ChatName } from '../chat/outbound-checks.ts';
import type { ChatRecord } from '../chat/server.ts';
import { type ChatOffice, openChatOffice } from './chat-office.ts';
import { CHATS } from './chat-people.ts';
import { readable } from './chat-text.ts';

type Step = 'expiring' | 'renew' | 'own' | 'second';

const TITLES: Readonly<Record<Lang, Readonly<Record<Step | 'others' | 'end', string>>>> = {
  'zh-CN': {
    expiring: '① 张伟在 Slack 询问哪些弹性公网IP即将到期',
    renew: '② 张伟请求续订：什么也没有下单，只生成待审批的方案',
    own: '③ 张伟不能批准自己的方案',
    second: '④ 李娜点击“批准”：只下单一次，卡片被替换，显示谁做的决定',
    others: '⑤ 同样的对话，在飞书、钉钉、企业微信',
    end: '以上全部运行在本机：四个聊天平台与天翼云都是模拟的，签名与加密是真的。',
  },
  en: {
    expiring: '1  On Slack, zhang-wei asks what expires soon',
    renew: '2  zhang-wei wants it renewed: nothing is ordered, a plan waits',
    own: '3  zhang-wei cannot approve what he has asked for',
    second: '4  li-na clicks "Approve": ordered once, and the card is replaced by one that says who decided',
    others: '5  The same dialogue on Feishu, DingTalk and WeCom',
    end: 'All of this ran on this machine: the four chats and CTyun are simulated, signatures and encryption are real.',
  },
};
const NAMES: Readonly<Record<ChatName, string>> = {
  slack: 'Slack',
  feishu: '飞书 Feishu',
  dingtalk: '钉钉 DingTalk',
  wecom: '企业微信 WeCom',
};

type Say = (title: string, text: string) => void;

/**
 * Plays the dialogue on every chat's stand-in.
 *
 * @returns whether it went as the steps say, everywhere
 */
export async function chatTour(say: Say, lang: Lang): Promise<boolean> {
  const office = await openChatOffice(lang);
  const titles = TITLES[lang];
  try {
    const [first, ...others] = CHATS;
    const show = (step: Step, text: string) => say(titles[step], text);
    let well = first !== undefined && (await dialogue(first, office, lang, show));
    const lines: string[] = [];
    for (const chat of others) {
      const right = await dialogue(chat, office, lang, () => undefined);
      lines.push(`${right ? '✓' : '✗'} ${NAMES[chat]}`);
      well &&= right;
    }
    say(titles.others, lines.join('\n'));
    say(titles.end, '');
    return well;
  } finally {
    await office.close();
  }
}

async function dialogue(
  chat: ChatName,
  office: ChatOffice,
  lang: Lang,
  show: (step: Step, text: string) => void,
): Promise<boolean> {
  const word = (name: 'expiring' | 'renew' | 'approve'): string => KEYWORDS[name][lang === 'en' ? 0 : 1] ?? name;
  const said = async (step: Step, user: string, text: string) => {
    const { status, posted } = await office.heard(chat, office.writes(chat, user, text));
    show(step, [`${user} › ${text}`, ...posted.map(readable)].join('\n\n'));
    return { ok: status === 200, posted };
  };
  const words = cardWords(lang);
  const expiring = await said('expiring', 'zhang-wei', word('expiring'));
  const renew = await said('renew', 'zhang-wei', `${word('renew')} web-${chat}`);
  const before = office.ordered().length;
  const approve = `${word('approve')} ${hashIn(renew.posted)}`;
  const own = await said('own', 'zhang-wei', approve);
  const nothingYet = office.ordered().length === before;
  const second = await decided(chat, office, renew.posted, approve, show);
  const ordered = office.ordered().length - before;
  return (
    [expiring, renew, own].every(({ ok }) => ok) &&
    textOf(expiring.posted).includes(`web-${chat}`) &&
    textOf(own.posted).includes(words.problems['own-plan']) &&
    nothingYet &&
    ordered === 1 &&
    textOf(second).includes(words.decided) &&
    textOf(second).includes('li-na') &&
    (chat !== 'slack' || second.every(({ body }) => (body as { replace_original?: boolean }).replace_original === true))
  );
}

/** A second person's word: by a button where the robot has buttons, else by the command that the card names. */
async function decided(
  chat: ChatName,
  office: ChatOffice,
  card: readonly ChatRecord[],
  approve: string,
  show: (step: Step, text: string) => void,
): Promise<readonly ChatRecord[]> {
  const [button] = /approve\.[0-9a-f]{64}\.[A-Za-z0-9_-]+/.exec(JSON.stringify(card.map(({ body }) => body))) ?? [];
  const sent = button === undefined ? office.writes(chat, 'li-na', approve) : office.clicks('li-na', button);
  const { posted } = await office.heard(chat, sent);
  show('second', [`li-na › ${button === undefined ? approve : '[ ✓ ]'}`, ...posted.map(readable)].join('\n\n'));
  return posted;
}

const textOf = (posted: readonly ChatRecord[]): string => posted.map(readable).join('\n');

/** The number that the card shows; 16 digits of the plan's hash. */
const hashIn = (posted: readonly ChatRecord[]): string => /\b[0-9a-f]{16}\b/.exec(textOf(posted))?.[0] ?? '';
