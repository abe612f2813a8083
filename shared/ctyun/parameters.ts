/** The parameters that many calls share, with the documentation's units and limits. */
import { list, oneOf, optional, type Parameter, text, whole, wholePer } from './parameter.ts';

/** Any text but an empty one: ids, mostly. */
export const someText = /* @__PURE__ */ text();
export const optionalText = /* @__PURE__ */ optional(someText);

/** 资源池 ID. */
export const regionID = someText;
/** `eip-…` */
export const eipID = someText;
/** `bandwidth-…`: a shared bandwidth or an IPv6 bandwidth. */
export const bandwidthID = someText;
/** Enterprise project; `0` unless given. */
export const projectID = optionalText;

/** 2 to 32 letters, CJK characters, digits, `_`, `-`, beginning with a letter or CJK character. */
export const name = /* @__PURE__ */ text({
  shape: /^[A-Za-z\p{Script=Han}][\w\p{Script=Han}-]{1,31}$/u,
  says: '2 to 32 letters, CJK characters, digits, _ or -, beginning with a letter or CJK character',
});

export const optionalName = /* @__PURE__ */ optional(name);

/** Mbps. Documents differ on the most of an EIP (300, 1024): the quota `max_bandwidth_of_elastic_ip_creation` decides. */
export const eipMbps = /* @__PURE__ */ whole(1, 1024);
export const optionalEipMbps = /* @__PURE__ */ optional(eipMbps);
/** Mbps of a shared bandwidth. */
export const sharedMbps = /* @__PURE__ */ whole(5, 1000);
/** Mbps of an IPv6 bandwidth. */
export const ipv6Mbps = /* @__PURE__ */ whole(1, 1000);
export const optionalIpv6Mbps = /* @__PURE__ */ optional(ipv6Mbps);

/** Periodic only: a term is a number of months or of years. */
export const cycleType = /* @__PURE__ */ oneOf('month', 'year');
/** Periodic, or pay as you go (`on_demand`, without a `cycleCount`). */
export const anyCycleType = /* @__PURE__ */ oneOf('month', 'year', 'on_demand');
/** 1 to 11 months, or 1 to 3 years. */
export const cycleCount = /* @__PURE__ */ wholePer('cycleType', {
  month: { min: 1, max: 11 },
  year: { min: 1, max: 3 },
});

/** The same, left out for `on_demand`. */
export const optionalCycleCount = /* @__PURE__ */ optional(cycleCount);

/** On demand: paid by bandwidth (CNY/hour) or by traffic (CNY/GB). */
export const demandBillingType = /* @__PURE__ */ optional(/* @__PURE__ */ oneOf('bandwidth', 'upflowc'));
/** Of a new EIP: `163` unless given. */
export const lineType = /* @__PURE__ */ optional(/* @__PURE__ */ oneOf('163', 'bgp', 'chinamobile', 'chinaunicom'));
/** CNY as a decimal string with at most two decimals; periodic orders only. */
export const payVoucherPrice = /* @__PURE__ */ optional(
  /* @__PURE__ */ text({ shape: /^\d+(\.\d{1,2})?$/, says: 'CNY with at most two decimals' }),
);

/** From 1. */
export const pageNo = /* @__PURE__ */ optional(/* @__PURE__ */ whole(1));
/** 1 to 50, 10 unless given. */
export const pageSize = /* @__PURE__ */ optional(/* @__PURE__ */ whole(1, 50));

/** 1 to 50 EIPs in one call. */
export const eipIDs = /* @__PURE__ */ list(1, 50);
/** The monitor's devices are ADDRESSES of EIPs, not their ids; at most a page of them. */
export const deviceIDs = /* @__PURE__ */ list(1, 50);

/** Any texts, at least one. */
export const someTexts = /* @__PURE__ */ list(1);

/** Of labels: 1 to 32 characters. */
export const labelPart = /* @__PURE__ */ text({ min: 1, max: 32 });
export const optionalLabelPart = /* @__PURE__ */ optional(labelPart);

/** `YYYY-MM-DD HH:MM:SS`, presumed to be Beijing time. */
export const wallTime = /* @__PURE__ */ text({
  shape: /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/,
  says: 'YYYY-MM-DD HH:MM:SS, Beijing time',
});

/** 1 to 64 characters, unique within one cloud account. The client adds it; no call lists it among its own. */
export const clientToken = /* @__PURE__ */ text({ min: 1, max: 64 });

export const flag: Parameter<boolean> = { kind: 'boolean' };
