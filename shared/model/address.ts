const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

/** An IPv4 or IPv6 address in its canonical spelling, or null. No octet with a leading zero: some read it as octal. */
export function canonicalAddress(text: string): string | null {
  if (IPV4.test(text)) return text;
  if (!/^[0-9a-f:.]{2,45}$/i.test(text) || !text.includes(':')) return null;
  const host = URL.parse(`http://[${text}]/`)?.hostname;
  return host === undefined ? null : host.slice(1, -1);
}
