// Loaded into a process before anything else: its clock stands LATER_MS ahead, so that no test must wait so long.
const aheadMs = Number(process.env.LATER_MS);
const Now = Date;
globalThis.Date = class extends Now {
  constructor(...given) {
    super(...(given.length === 0 ? [Now.now() + aheadMs] : given));
  }
  static now() {
    return Now.now() + aheadMs;
  }
};
